import { philox } from '../random/philox.ts';
import type { Kernel } from './correlate.ts';
import { plane, type Plane } from './plane.ts';

/** Kernels whose weights are given once and for all; rows from top to bottom. */
export const fixedKernels = {
  /** Brighter to the right: answers to vertical edges. Sobel and Feldman (1968). */
  'sobel-x': plane(3, 3, [-1, 0, 1, -2, 0, 2, -1, 0, 1]),
  /** Brighter below: answers to horizontal edges. */
  'sobel-y': plane(3, 3, [-1, -2, -1, 0, 0, 0, 1, 2, 1]),
  /** Like Sobel's with equal weights. Prewitt (1970). */
  'prewitt-x': plane(3, 3, [-1, 0, 1, -1, 0, 1, -1, 0, 1]),
  'prewitt-y': plane(3, 3, [-1, -1, -1, 0, 0, 0, 1, 1, 1]),
  /** Like Sobel's with weights for which the direction of an edge comes out truest. Scharr (2000). */
  'scharr-x': plane(3, 3, [-3, 0, 3, -10, 0, 10, -3, 0, 3]),
  'scharr-y': plane(3, 3, [-3, -10, -3, 0, 0, 0, 3, 10, 3]),
  /** Differences along the two diagonals, the smallest edge detector there is. Roberts (1963). */
  'roberts-x': plane(2, 2, [1, 0, 0, -1]),
  'roberts-y': plane(2, 2, [0, 1, -1, 0]),
  /** Second difference in both directions: answers to edges of every direction, on both their sides with opposite sign. */
  laplacian: plane(3, 3, [0, 1, 0, 1, -4, 1, 0, 1, 0]),
  /** The same with the diagonals. */
  'laplacian-8': plane(3, 3, [1, 1, 1, 1, -8, 1, 1, 1, 1]),
  /** The image less its Laplacian. */
  sharpen: plane(3, 3, [0, -1, 0, -1, 5, -1, 0, -1, 0]),
  /** Light from the upper left: what rises to the lower right is brighter. */
  emboss: plane(3, 3, [-2, -1, 0, -1, 1, 1, 0, 1, 2]),
} as const satisfies Record<string, Plane>;

/** The edge detectors that the strip shows, by the names that scripts use. */
export const edgeKernels = {
  'sobel-x': fixedKernels['sobel-x'],
  'sobel-y': fixedKernels['sobel-y'],
  'prewitt-x': fixedKernels['prewitt-x'],
  laplacian: fixedKernels.laplacian,
} as const satisfies Record<string, Plane>;

export type EdgeKernelId = keyof typeof edgeKernels;
export const edgeKernelIds = Object.keys(edgeKernels) as [EdgeKernelId, ...EdgeKernelId[]];

/** A square kernel of weights that depend on how far right and down of its middle they stand, in cells. */
function square(size: number, weightAt: (right: number, down: number) => number): Kernel {
  const middle = (size - 1) / 2;
  const weights = Array.from({ length: size * size }, (_, i) => {
    return weightAt((i % size) - middle, Math.floor(i / size) - middle);
  });
  return { height: size, width: size, values: weights };
}

const sumOf = (weights: ArrayLike<number>): number => Array.from(weights).reduce((sum, weight) => sum + weight, 0);

function eachWeight({ height, width, values }: Kernel, change: (weight: number) => number): Kernel {
  return { height, width, values: Array.from(values, change) };
}

/**
 * With the mean of its weights taken from each of them, so that a flat field is answered with 0: what is cut off at a kernel's sides is missing
 * from their sum.
 */
function withoutMean(kernel: Kernel): Kernel {
  const mean = sumOf(kernel.values) / kernel.values.length;
  return eachWeight(kernel, (weight) => weight - mean);
}

/** The mean of all cells. */
export function box(size: number): Kernel {
  return square(size, () => 1 / size ** 2);
}

/** The middle cell alone; of an even size, the one before the middle. */
export function identity(size: number): Kernel {
  const isMiddle = (from: number): boolean => from === 0 || from === -0.5;
  return square(size, (right, down) => (isMiddle(right) && isMiddle(down) ? 1 : 0));
}

/** A bell of standard deviation `sigma`, in cells, cut off at the kernel's sides; its weights add up to 1. */
export function gaussian(size: number, sigma: number): Kernel {
  const bell = square(size, (right, down) => Math.exp(-(right ** 2 + down ** 2) / (2 * sigma ** 2)));
  const sum = sumOf(bell.values);
  return eachWeight(bell, (weight) => weight / sum);
}

/**
 * The Laplacian of a Gaussian (Marr and Hildreth, 1980): (r² − 2σ²) / σ⁴ times the bell, less the mean; the same numbers as MATLAB's
 * `fspecial('log', size, sigma)`. Like the Laplacian's its middle is negative.
 */
export function laplacianOfGaussian(size: number, sigma: number): Kernel {
  const bell = gaussian(size, sigma);
  const curvature = square(size, (right, down) => (right ** 2 + down ** 2 - 2 * sigma ** 2) / sigma ** 4);
  return withoutMean({ ...bell, values: Array.from(bell.values, (weight, i) => weight * curvature.values[i]!) });
}

/**
 * A wave under a bell twice as long as it is wide (Daugman, 1985), as simple cells of the visual cortex have it: crest in the middle, the bell's
 * standard deviation along the wave 0.56 wavelengths, which is one octave (Petkov and Kruizinga, 1997). Less the mean.
 *
 * @param angle which way the wave runs, in degrees, anticlockwise as one sees it: 0 answers to vertical stripes.
 * @param wavelength in cells.
 */
export function gabor(size: number, angle: number, wavelength: number): Kernel {
  const turn = (angle / 180) * Math.PI;
  const deviation = 0.56 * wavelength;
  return withoutMean(
    square(size, (right, down) => {
      const along = right * Math.cos(turn) - down * Math.sin(turn);
      const across = right * Math.sin(turn) + down * Math.cos(turn);
      const bell = Math.exp(-(along ** 2 + (across / 2) ** 2) / (2 * deviation ** 2));
      return bell * Math.cos((2 * Math.PI * along) / wavelength);
    }),
  );
}

/** Tells these random numbers from others that are drawn with the same seed. */
const stream = 1;

/** Numbers between −1 and 1, each as likely as any other, to two decimals. */
export function uniform(size: number, seed: number): Kernel {
  const weights = Array.from({ length: size * size }, (_, cell) => {
    const bits = philox([seed, stream], [cell >>> 2, 0, 0, 0])[cell & 3]!;
    return Math.round((bits / 2 ** 31 - 1) * 100) / 100;
  });
  return { height: size, width: size, values: weights };
}
