/** The formats whose headers are read. */
export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp';

/** What a file is by its first bytes, whatever its name says. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | null {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, '\xff\xd8')) return 'jpeg';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp';
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif';
  // Two letters alone begin many a text: the length of the header that follows must be one there is.
  if (startsWith(bytes, 'BM') && bmpHeaderLengths.has(bytes[14] ?? 0) && bytes[15] === 0) return 'bmp';
  return null;
}

/** Of BITMAPCOREHEADER, BITMAPINFOHEADER with its masks, OS/2's, V4 and V5. */
const bmpHeaderLengths = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/** Brands of ISO base media files, by what people call them. */
const brands: Readonly<Record<string, string>> = {
  avif: 'AVIF',
  avis: 'AVIF',
  heic: 'HEIC',
  heix: 'HEIC',
  hevc: 'HEIC',
  heim: 'HEIC',
  heis: 'HEIC',
  mif1: 'HEIC',
  msf1: 'HEIC',
};

/** What people call a file that is a picture or a document of a kind that is not read here; null if it is none of those either. */
export function foreignTypeOf(bytes: Uint8Array): string | null {
  if (startsWith(bytes, '%PDF')) return 'PDF';
  if (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*') || startsWith(bytes, 'II+\0')) return 'TIFF';
  if (startsWith(bytes, 'ftyp', 4)) return brands[latin1(bytes.subarray(8, 12))] ?? 'MP4';
  if (startsWith(bytes, '8BPS')) return 'PSD';
  if (startsWith(bytes, '\0\0\x01\0')) return 'ICO';
  if (startsWith(bytes, '\xff\x0a') || startsWith(bytes, 'JXL ', 4)) return 'JPEG XL';
  if (startsWith(bytes, 'jP  ', 4) || startsWith(bytes, '\xff\x4f\xff\x51')) return 'JPEG 2000';
  // XML may begin with a mark of its encoding, a declaration, comments.
  if (/^\W*<[?!s][^]*<svg[\s>]|^\W*<svg[\s>]/i.test(latin1(bytes.subarray(0, 2048)))) return 'SVG';
  return null;
}

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return latin1(bytes.subarray(at, at + text.length)) === text;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
