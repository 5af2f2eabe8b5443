import { ImageError } from '../image-error.ts';
import { type ImageHeader, mostPixels } from '../image-header.ts';

/** ITU T.81, annex B: segments of marker and length up to the frame header, which has height and width at bytes 5 and 7. */
export function jpegHeader(view: DataView): ImageHeader {
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
  throw new ImageError('Its JPEG header is cut short', 'cut-short');
}

function jpegFrame(marker: number, width: number, height: number): ImageHeader {
  if (marker > 0xc2) {
    throw new ImageError(
      'It is a lossless or arithmetic JPEG: save it as an ordinary one',
      'unsupported',
      marker < 0xc9 ? 'lossless JPEG' : 'arithmetic JPEG',
    );
  }
  // At least one bit for each block of 8×8.
  return { width, height, leastBytes: (width * height) / 64 / 8 };
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which lie between. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Cameras use one pass, the web about ten; at 64 megapixels more would take minutes. */
const mostPasses = 20;

/**
 * Refuses a JPEG without an end, whose missing part a decoder makes up, and one that is coded in so many passes that decoding it would
 * take without end. Passes of thumbnails in it are counted too.
 */
export function checkJpegBody({ buffer, byteOffset, byteLength }: DataView, { width, height }: ImageHeader): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let [passes, lastPass, lastEnd] = [0, -1, -1];
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) [passes, lastPass] = [passes + 1, at];
    if (bytes[at + 1] === 0xd9) lastEnd = at;
  }
  if (lastEnd <= lastPass) throw new ImageError('It is cut short: its JPEG end is missing', 'cut-short');
  if (passes * width * height > mostPasses * mostPixels) {
    throw new ImageError(`It is coded in ${passes} passes, too many for ${width}×${height} pixels`);
  }
}
