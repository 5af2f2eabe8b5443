import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';
import { Correlation } from './correlation.ts';
import { foldedKernel, type KernelShape } from './folding.ts';

/** A convolution of stride 1 that is to be gone back through to its map. */
type Way = {
  readonly kernel: Output;
  readonly kernelShape: KernelShape;
  /** The gradient by the sums, [N, H', W', F]. */
  readonly bySums: Output;
  /** NHWC of the map with all its padding. */
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
};

/** The gradient by the map, computed in pairs of rows. */
export function byMapInRows(math: Arithmetic, { kernel, kernelShape, bySums, shape }: Way): Output {
  const [batch, height, width, channels] = shape;
  const [size, , , filters] = kernelShape;
  const [rows, columns] = [height - size + 1, width - size + 1];
  /** Between pairs of rows and rows of pairs: [·, a, b, C] → [·, b, a, C]. */
  const swapped = (cells: Output, [a, b]: readonly [number, number], maps: number): Output =>
    math.transpose(math.reshape(cells, [-1, a, b, maps]), [0, 2, 1, 3]);
  const pairs = math.reshape(swapped(bySums, [2, columns], filters), [batch, rows / 2, columns, 2 * filters]);
  const folded = foldedKernel(math, kernel, kernelShape, 'rows');
  const correlation = new Correlation(math, { stride: 1, padding: 'VALID' });
  const byPairs = correlation.byMap([folded], [pairs], [batch, height / 2, width, 2 * channels]);
  return math.reshape(swapped(byPairs, [width, 2], channels), shape);
}
