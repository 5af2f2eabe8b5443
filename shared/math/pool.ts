import type { PoolingMethod } from '../network/spec.ts';
import { windowsAlong } from '../network/shapes.ts';
import type { Plane } from './plane.ts';

export type PoolOptions = {
  readonly method: PoolingMethod;
  /** Side of the square window, in cells. */
  readonly size: number;
  /** Cells the window moves at a time; `size` (windows side by side) if left out. */
  readonly stride?: number;
};

/**
 * Replaces each window of a map by its largest value or its mean. Only whole windows count: a rest at the right or bottom
 * edge that is too small for one is left out, as in TensorFlow's `valid` pooling.
 * @throws RangeError if the window does not fit in the map, or size or stride is not a whole number above zero.
 */
export function pool(map: Plane, { method, size, stride = size }: PoolOptions): Plane {
  for (const [name, value] of Object.entries({ size, stride })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`A pooling window's ${name} is a whole number above zero, not ${value}`);
    }
  }
  const height = windowsAlong(map.height, size, stride, 'valid');
  const width = windowsAlong(map.width, size, stride, 'valid');
  const keep = method === 'max' ? largest : mean;
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[y * width + x] = keep(map, y * stride, x * stride, size);
  }
  return { height, width, values };
}

function largest({ width, values }: Plane, top: number, left: number, size: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let y = top; y < top + size; y++) {
    for (let x = left; x < left + size; x++) max = Math.max(max, values[y * width + x]!);
  }
  return max;
}

function mean({ width, values }: Plane, top: number, left: number, size: number): number {
  let sum = 0;
  for (let y = top; y < top + size; y++) {
    for (let x = left; x < left + size; x++) sum += values[y * width + x]!;
  }
  return sum / (size * size);
}
