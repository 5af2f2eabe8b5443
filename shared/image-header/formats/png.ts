import { ImageError } from '../image-error.ts';
import type { ImageHeader } from '../image-header.ts';

/** Samples of a pixel, by PNG's colour type. */
const samplesOfColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Deflate's best: 258 bytes of two bits. */
const bestDeflation = 1032;

/** W3C PNG, §11.2.2: the first chunk, IHDR, has width and height at byte 16, then bit depth and colour type. */
export function pngHeader(view: DataView): ImageHeader {
  const { width, height } = pngSize(view);
  return { width, height, leastBytes: pngInflatedBytes(view) / bestDeflation };
}

/** Bytes that its pixels take when inflated, were they not interlaced. */
export function pngInflatedBytes(view: DataView): number {
  const { width, height } = pngSize(view);
  const samples = samplesOfColourType[view.getUint8(25)];
  if (samples === undefined) throw new ImageError(`Its PNG colour type ${view.getUint8(25)} does not exist`);
  return height * (1 + Math.ceil((width * samples * view.getUint8(24)) / 8));
}

function pngSize(view: DataView): { width: number; height: number } {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452)
    throw new ImageError('Its PNG header is cut short', 'cut-short');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** §5.3: chunks of length, type, data and checksum, the last of type IEND. */
export function checkPngBody(view: DataView): void {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49454e44) return;
  }
  throw new ImageError('It is cut short: its PNG end is missing', 'cut-short');
}
