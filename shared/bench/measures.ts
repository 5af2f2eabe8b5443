import { correlate } from '../math/correlate.ts';
import { relativeChange } from '../math/measures.ts';
import { outputSize } from '../math/output-size.ts';
import type { Plane } from '../math/plane.ts';
import { pool } from '../math/pool.ts';
import { type BenchImage, gradientKernels, kernelPlanes, magnitude } from './compute.ts';
import type { BenchKernel, Experiment, PoolingKind } from './experiment.ts';

/**
 * For each number of pixels that the image moves, from 0 on, the relative change of a map (see `relativeChange`).
 *
 * Of the two pooled maps, and of the map that they are made from. Empty where nothing is left of a map once its border is taken away.
 */
export type ShiftSensitivity = {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly unpooled: readonly number[];
};

/**
 * How much the maps change while the image moves to the right, pixel by pixel, its left edge repeated behind it.
 *
 * Compared is the interior: cells that see nothing of the padding and nothing of what is repeated, at whatever move; the same cells for all moves.
 * Pooling's windows stand where they stand in the whole map. There are fewer moves than asked for if the image is too narrow for them.
 *
 * In the interior a map of the moved image is what windows one pixel after another make of the image as it stands, read further left: there is
 * one convolution for all moves.
 */
export function shiftSensitivity(experiment: Experiment, image: BenchImage, mostPixels = 8): ShiftSensitivity {
  const { kernels, chosen, operation, pooling } = experiment;
  const used = gradientKernels(experiment, image) ?? [kernels[chosen]!];
  let most = mostPixels;
  let interior = interiorOf(used, experiment, image, most);
  while (!interior && most > 0) interior = interiorOf(used, experiment, image, --most);
  if (!interior) return { left: [], right: [], unpooled: [] };

  const { begins, height, width } = interior;
  const dense = used.map((kernel) => {
    return correlate(image.planes, kernelPlanes(kernel), { ...operation, stride: 1, padding: 'valid' });
  });
  const maps = Array.from({ length: most + 1 }, (_, pixels) => {
    const [first, second] = dense.map((map, i) => seen(map, begins[i]!, pixels, interior));
    return second ? magnitude(first!, second) : first!;
  });
  const isPooled = pooling.size <= Math.min(height, width);
  const pooled = (method: PoolingKind): Plane[] => {
    return isPooled ? maps.map((map) => pool(map, { ...pooling, method })) : [];
  };
  return {
    left: changes(pooled(pooling.left)),
    right: changes(pooled(pooling.right)),
    unpooled: changes(maps),
  };
}

function changes(maps: readonly Plane[]): number[] {
  return maps.map((map) => relativeChange(maps[0]!, map));
}

/** The part of a map whose cells see image only, and no more than `most` pixels from the left edge. */
type Interior = {
  readonly height: number;
  readonly width: number;
  /** From one of its cells to the next, in pixels. */
  readonly stride: number;
  /** For each kernel, the pixel at which the window of its first cell begins. */
  readonly begins: readonly { readonly row: number; readonly column: number }[];
};

function interiorOf(
  kernels: readonly BenchKernel[],
  { operation, pooling }: Experiment,
  image: BenchImage,
  most: number,
): Interior | null {
  const { stride } = operation;
  /** The cells along an axis whose windows lie between `least` and the axis' end, for all kernels; the first one begins a pooling window. */
  const along = (axis: 'height' | 'width', least: number) => {
    const layouts = kernels.map((kernel) => outputSize(image[axis], kernel[axis], operation));
    const firsts = layouts.map(({ padBefore }) => Math.ceil((least + padBefore) / stride));
    const ends = layouts.map(({ padBefore, extent }) => Math.floor((image[axis] - extent + padBefore) / stride) + 1);
    const first = Math.ceil(Math.max(...firsts) / pooling.stride) * pooling.stride;
    const end = Math.min(...ends, ...layouts.map(({ output }) => output));
    return { cells: end - first, begins: layouts.map(({ padBefore }) => first * stride - padBefore) };
  };
  const rows = along('height', 0);
  const columns = along('width', most);
  if (rows.cells < 1 || columns.cells < 1) return null;
  const begins = rows.begins.map((row, i) => ({ row, column: columns.begins[i]! }));
  return { height: rows.cells, width: columns.cells, stride, begins };
}

/** What stands in the interior once the image has moved by so many pixels. */
function seen(
  dense: Plane,
  begin: Interior['begins'][number],
  pixels: number,
  { height, width, stride }: Interior,
): Plane {
  const values = new Float32Array(height * width);
  for (let row = 0, to = 0; row < height; row++) {
    let from = (begin.row + row * stride) * dense.width + begin.column - pixels;
    for (let column = 0; column < width; column++, to++, from += stride) values[to] = dense.values[from]!;
  }
  return { height, width, values };
}
