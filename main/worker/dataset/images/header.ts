import { ImageError } from './image-error.ts';

/** What an image file says of itself before anything is decoded. */
export type ImageHeader = {
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  /** Bytes that its pixels take when inflated, and deflate makes at most 1,032 of one; PNG only. */
  readonly inflatedBytes?: number;
};

/** Larger images are refused before they are decoded. */
export const mostPixels = 64_000_000;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Samples of a pixel, by PNG's colour type. */
const samplesOfColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Deflate's best: 258 bytes of two bits. */
const bestDeflation = 1032;

/**
 * Reads the format and the size of a PNG or JPEG file from its first bytes.
 *
 * @throws ImageError if it is neither, has no size, is larger than 64 megapixels, or is far too small a file for what it promises.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader {
  const header = headerOf(bytes);
  const { width, height, format, inflatedBytes = 0 } = header;
  if (width === 0 || height === 0) throw new ImageError(`It has no size: ${width}×${height} pixels`);
  if (width * height > mostPixels) {
    throw new ImageError(`Its ${width}×${height} pixels are more than 64 megapixels: make it smaller`);
  }
  // A JPEG has at least one bit for each block of 8×8.
  const least = format === 'png' ? inflatedBytes / bestDeflation : (width * height) / 64 / 8;
  if (bytes.length < least) {
    throw new ImageError(`It promises ${width}×${height} pixels, which its ${bytes.length} bytes cannot hold`);
  }
  return header;
}

function headerOf(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (pngSignature.every((byte, index) => bytes[index] === byte)) return pngHeader(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(view);
  throw new ImageError('It is neither a PNG nor a JPEG file');
}

/** W3C PNG, §11.2.2: the first chunk, IHDR, has width and height at byte 16, then bit depth and colour type. */
function pngHeader(view: DataView): ImageHeader {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) throw new ImageError('Its PNG header is cut short');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const samples = samplesOfColourType[view.getUint8(25)];
  if (samples === undefined) throw new ImageError(`Its PNG colour type ${view.getUint8(25)} does not exist`);
  const inflatedBytes = height * (1 + Math.ceil((width * samples * view.getUint8(24)) / 8));
  return { format: 'png', width, height, inflatedBytes };
}

/** ITU T.81, annex B: segments of marker and length up to the frame header, which has height and width at bytes 5 and 7. */
function jpegHeader(view: DataView): ImageHeader {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) throw new ImageError('Its JPEG header is damaged');
    const marker = view.getUint8(at + 1);
    // Bytes of 0xff before a marker are filling.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return jpegFrame(marker, view.getUint16(at + 7), view.getUint16(at + 5));
    if (marker === 0xd9 || marker === 0xda) break;
    at += 2 + view.getUint16(at + 2);
  }
  throw new ImageError('Its JPEG header is cut short');
}

function jpegFrame(marker: number, width: number, height: number): ImageHeader {
  if (marker > 0xc2) throw new ImageError('It is a lossless or arithmetic JPEG: save it as an ordinary one');
  return { format: 'jpeg', width, height };
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which lie between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
