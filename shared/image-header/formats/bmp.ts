import { ImageError } from '../image-error.ts';
import type { ImageHeader } from '../image-header.ts';

/** Microsoft's BITMAPCOREHEADER (12 bytes, 16 bits a side) or BITMAPINFOHEADER and those after it, whose height is negative from the top down. */
export function bmpHeader(view: DataView): ImageHeader {
  const { width, height } = layoutOf(view);
  return { width, height, leastBytes: 0 };
}

/** All rows are there; of pixels that are packed, nothing can be said. */
export function checkBmpBody(view: DataView): void {
  const { width, height, bits, isPacked } = layoutOf(view);
  const row = Math.ceil((width * bits) / 32) * 4;
  if (!isPacked && view.byteLength < view.getUint32(10, true) + row * height) {
    throw new ImageError('It is cut short: rows of it are missing', 'cut-short');
  }
}

function layoutOf(view: DataView): { width: number; height: number; bits: number; isPacked: boolean } {
  if (view.getUint32(14, true) === 12) {
    return {
      width: view.getUint16(18, true),
      height: view.getUint16(20, true),
      bits: view.getUint16(24, true),
      isPacked: false,
    };
  }
  const width = view.getInt32(18, true);
  if (width < 0) throw new ImageError('Its BMP header is damaged');
  const compression = view.getUint32(30, true);
  return {
    width,
    height: Math.abs(view.getInt32(22, true)),
    bits: view.getUint16(28, true),
    // Plain, or plain with masks.
    isPacked: compression !== 0 && compression !== 3 && compression !== 6,
  };
}
