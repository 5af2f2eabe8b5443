import type { Plane } from '../math/plane.ts';
import { areaOf, type FrameLayout, type FramePart, planeOf, rangeOf, valueFromByte } from './layout.ts';

/** A layer's maps, or its kernels, in a frame; undefined where it leaves them out. */
export function partOf(layout: FrameLayout, layer: string, part: FramePart['part']): FramePart | undefined {
  return layout.parts.find((one) => one.layer === layer && one.part === part);
}

/** Plane `plane` of a frame's part as numbers: each within half a 255th of the plane's range of what the network had. */
export function planeNumbers(frame: Uint8Array, part: FramePart, plane: number): Plane {
  return {
    height: part.height,
    width: part.width,
    values: numbers(planeOf(frame, part, plane), rangeOf(frame, part, plane)),
  };
}

/**
 * A part as it stands alone, as in the contract's `history`: its ranges, then its bytes, padded to four.
 * @returns the part with its places in such a buffer.
 */
export function partAlone(
  part: Omit<FramePart, 'valuesOffset' | 'rangesIndex'>,
): FramePart & { readonly bytes: number } {
  const valuesOffset = part.planes * 8;
  const bytes = Math.ceil((valuesOffset + part.planes * areaOf(part)) / 4) * 4;
  return { ...part, rangesIndex: 0, valuesOffset, bytes };
}

function numbers(bytes: Uint8Array, range: { min: number; max: number }): Float32Array {
  return Float32Array.from(bytes, (byte) => valueFromByte(byte, range));
}
