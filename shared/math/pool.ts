import { windowsAlong } from '../network/windows.ts';
import type { Plane } from './plane.ts';
import { drawnCells } from './pooling/drawn.ts';
import { largestCells } from './pooling/largest.ts';
import { windowSums } from './pooling/sums.ts';
import type { PoolWindows } from './pooling/windows.ts';
import { squash } from './squash.ts';

export const poolingKinds = ['max', 'average', 'l2', 'stochastic', 'subsampling', 'strided'] as const;
/**
 * Largest, mean, √(mean of squares), one drawn with a chance as its size (Zeiler and Fergus, 2013, §3), sum × coefficient + bias through a
 * scaled tanh (LeCun et al., 1998, §II-B), or the first cell of each window, which is the convolution itself with a longer stride.
 */
export type PoolingKind = (typeof poolingKinds)[number];

export type PoolOptions = {
  readonly method: PoolingKind;
  /** Side of the square window, in cells. */
  readonly size: number;
  /** Cells the window moves at a time; `size` (windows side by side) if left out. */
  readonly stride?: number;
  /** What `stochastic` draws by; 0 if left out. */
  readonly seed?: number;
  /** Of `subsampling`; 1 / size², which makes the sum the mean, and 0 if left out. */
  readonly coefficient?: number;
  readonly bias?: number;
};

/** A pooled map, and where its numbers come from. */
export type Pooled = {
  readonly plane: Plane;
  /** For `max` and `stochastic`: the index (y · width + x) into the map that was pooled of the cell each window took; −1 where none. Else null. */
  readonly winners: Int32Array | null;
};

/**
 * Replaces each window of a map by one number. Only whole windows count: a rest at the right or bottom edge that is too small for one is left
 * out, as in TensorFlow's `valid` pooling. Sums are in float64, the pooled map is float32.
 * @throws RangeError if the window does not fit in the map, or size or stride is not a whole number above zero.
 */
export function pool(map: Plane, options: PoolOptions): Plane {
  return poolWithWinners(map, options).plane;
}

/** As `pool`, with the cells that were taken. */
export function poolWithWinners(map: Plane, options: PoolOptions): Pooled {
  const { method, size, stride = size, seed = 0, coefficient = 1 / size ** 2, bias = 0 } = options;
  for (const [name, value] of Object.entries({ size, stride })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`A pooling window's ${name} is a whole number above zero, not ${value}`);
    }
  }
  const height = windowsAlong(map.height, size, stride, 'valid');
  const width = windowsAlong(map.width, size, stride, 'valid');
  const windows: PoolWindows = { size, stride, height, width };
  const pooled = (values: Float32Array, winners: Int32Array | null = null): Pooled => {
    return { plane: { height, width, values }, winners };
  };
  switch (method) {
    case 'max': {
      const { values, winners } = largestCells(map, windows);
      return pooled(values, winners);
    }
    case 'stochastic': {
      const { values, winners } = drawnCells(map, seed, windows);
      return pooled(values, winners);
    }
    case 'average':
      return pooled(fromSums(windowSums(map, 'values', windows), (sum) => sum / size ** 2));
    case 'l2':
      return pooled(fromSums(windowSums(map, 'squares', windows), (sum) => Math.sqrt(sum / size ** 2)));
    case 'subsampling':
      return pooled(fromSums(windowSums(map, 'values', windows), (sum) => squash(coefficient * sum + bias)));
    case 'strided':
      return pooled(firstCells(map, windows));
    default:
      return method satisfies never;
  }
}

function fromSums(sums: Float64Array, change: (sum: number) => number): Float32Array {
  const values = new Float32Array(sums.length);
  for (let i = 0; i < sums.length; i++) values[i] = change(sums[i]!);
  return values;
}

function firstCells(map: Plane, { stride, height, width }: PoolWindows): Float32Array {
  const values = new Float32Array(height * width);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) values[to] = map.values[(y * map.width + x) * stride]!;
  }
  return values;
}
