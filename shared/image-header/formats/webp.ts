import { ImageError } from '../image-error.ts';
import type { ImageHeader } from '../image-header.ts';

/** Google's WebP Container Specification: RIFF, its length, WEBP, then a first chunk of type, length and data from byte 20 on. */
export function webpHeader(view: DataView): ImageHeader {
  switch (view.getUint32(12)) {
    // VP8: a frame tag of three bytes, a start code of three, then 14 bits each (RFC 6386, §9.1).
    case 0x56503820:
      if (view.getUint16(23) !== 0x9d01 || view.getUint8(25) !== 0x2a) break;
      return sizeOf(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    // VP8L: a signature, then 14 bits each, less one.
    case 0x5650384c: {
      if (view.getUint8(20) !== 0x2f) break;
      const bits = view.getUint32(21, true);
      return sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    // VP8X: flags of four bytes, then the canvas, 24 bits each, less one.
    case 0x56503858:
      return sizeOf((view.getUint32(24, true) & 0xffffff) + 1, (view.getUint32(26, true) >>> 8) + 1);
    default:
  }
  throw new ImageError('Its WebP header is damaged');
}

/** A lossless one of a single colour takes next to nothing, whatever its size. */
function sizeOf(width: number, height: number): ImageHeader {
  return { width, height, leastBytes: 0 };
}

/** The length after RIFF is that of all that follows it. */
export function checkWebpBody(view: DataView): void {
  if (view.byteLength < 8 + view.getUint32(4, true))
    throw new ImageError('It is cut short: its WebP end is missing', 'cut-short');
}
