import type { ConvSpec } from '../../../../shared/network/spec.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';

/**
 * Two neighbouring columns (or rows) of a map seen as one with twice the channels.
 *
 * oneDNN computes channels in blocks of eight (AVX2), and runs with six or with one much as it runs with eight. A convolution of
 * stride 1 over [N, H, W, C] is also one over [N, H, W/2, 2C] to [N, H', W'/2, 2F]: a larger kernel, part of it zeros, but full blocks.
 * Each sum adds up the same products, and zeros. On a GPU nothing was measured.
 */
export type Folded = 'columns' | 'rows';

/** Numbers in one of oneDNN's blocks of channels. */
const block = 8;

/**
 * Whether a convolution and its gradient by the kernel are faster by columns: the map's memory stays as it is.
 *
 * Microseconds, one thread, 64 images, forward + by kernel: LeNet-5's C1 (1 to 6 maps, 5×5 on 32²) 637 + 445, folded 431 + 287;
 * 8 to 8 (3×3 on 18²) 547 + 547, folded 405 + 378; 32 to 8 1,722 + 1,639, folded 1,195 + 1,196. Slower with more than eight filters:
 * 6 to 16 363 + 358, folded 420 + 452.
 *
 * @param width the padded map's.
 */
export function foldsColumns(spec: ConvSpec, width: number): boolean {
  return isFoldable(spec) && spec.filters <= block && width % 2 === 0;
}

/**
 * Whether the gradient by a map of so many channels is faster by rows, although both gradients must be transposed for it (25 µs each).
 *
 * As above: LeNet-5's C3 (6 to 16 maps, 5×5 on 14²) 1,088, folded 615; 8 to 8 860 and 481; 8 to 32 1,736 and 1,200.
 * Slower with more than eight channels: 12 to 16 971, folded 1,084.
 *
 * @param height the padded map's.
 */
export function foldsRows(spec: ConvSpec, channels: number, height: number): boolean {
  return isFoldable(spec) && channels <= block && height % 2 === 0;
}

/** With an odd kernel an even number of cells has an even number of windows. */
function isFoldable({ size, stride, dilation = 1, groups = 1 }: ConvSpec): boolean {
  return size > 1 && size % 2 === 1 && stride === 1 && dilation === 1 && groups === 1;
}

const none = [0, 0] as const;

/** A kernel's [size, size, channels, filters]. */
export type KernelShape = readonly [size: number, size: number, channels: number, filters: number];

/**
 * The kernel [k, k, C, F] for folded maps: [k, (k+1)/2, 2C, 2F] by columns, [(k+1)/2, k, 2C, 2F] by rows.
 *
 * Channel a·C + c is channel c of the cell a (0 or 1) of a pair, and so with filters: the filters of the second
 * cell are those of the first one step further on.
 */
export function foldedKernel(math: Arithmetic, kernel: Output, shape: KernelShape, by: Folded): Output {
  const [size, , channels, filters] = shape;
  const pairs = (size + 1) / 2;
  const shifted = [0, 1].map((step) => {
    const cells = [step, 1 - step] as const;
    const [down, along] = by === 'columns' ? [none, cells] : [cells, none];
    const padded = math.pad(kernel, [down, along, none, none]);
    if (by === 'columns') return math.reshape(padded, [size, pairs, 2 * channels, filters]);
    const rows = math.reshape(padded, [pairs, 2, size, channels * filters]);
    return math.reshape(math.transpose(rows, [0, 2, 1, 3]), [pairs, size, 2 * channels, filters]);
  });
  return math.concatenate(shifted, 3);
}

/** From the gradient by a kernel folded by columns to that by the kernel, of `shape`. */
export function unfoldedByKernel(math: Arithmetic, byFolded: Output, shape: KernelShape): Output {
  const [size, , channels, filters] = shape;
  const shifted = math.split(byFolded, 2, 3).map((part, step) => {
    const padded = math.reshape(part, [size, size + 1, channels, filters]);
    return math.slice(padded, [0, step, 0, 0], [-1, size, -1, -1]);
  });
  return math.sum(shifted);
}
