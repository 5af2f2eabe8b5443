import type { MapActivation } from '../activation.ts';
import type { CorrelateOptions } from '../correlate.ts';
import type { PadMode } from '../padding.ts';
import type { Plane } from '../plane.ts';

/**
 * The definitions in float64 and nested arrays, written for tests and in another way than what they test: a padded image is made by cutting
 * and joining lists, as NumPy's documentation describes `pad`.
 */
export type Rows = readonly (readonly number[])[];

export function rowsOf({ height, width, values }: { height: number; width: number; values: ArrayLike<number> }): Rows {
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => values[y * width + x]!));
}

/** A list with more before and after it. */
function extended<T>(list: readonly T[], before: number, after: number, mode: PadMode, filling: T): T[] {
  switch (mode) {
    case 'zero':
    case 'value':
      return [...Array<T>(before).fill(filling), ...list, ...Array<T>(after).fill(filling)];
    case 'edge':
      return [...Array<T>(before).fill(list[0]!), ...list, ...Array<T>(after).fill(list.at(-1)!)];
    case 'reflect': {
      const backwards = list.toReversed();
      return [...backwards.slice(-1 - before, -1), ...list, ...backwards.slice(1, 1 + after)];
    }
    default:
      return mode satisfies never;
  }
}

/** TensorFlow's rule for `same`; what `valid` and a number say. */
function padsAlong(
  cells: number,
  extent: number,
  stride: number,
  padding: 'valid' | 'same' | number,
): [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return [padding, padding];
  const rest = cells % stride;
  const total = Math.max(0, extent - (rest === 0 ? stride : rest));
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** Whether a kernel of these sides can slide over an image of these, and the image be mirrored as far as asked. */
export function isPossible(
  image: { readonly height: number; readonly width: number },
  kernel: { readonly height: number; readonly width: number },
  { stride, padding, padMode, dilation }: Required<CorrelateOptions>,
): boolean {
  return (['height', 'width'] as const).every((axis) => {
    const extent = (kernel[axis] - 1) * dilation + 1;
    const [before, after] = padsAlong(image[axis], extent, stride, padding);
    const isMirrored = padMode !== 'reflect' || Math.max(before, after) <= image[axis] - 1;
    return isMirrored && extent <= before + image[axis] + after;
  });
}

const activations: Record<MapActivation, (value: number) => number> = {
  none: (value) => value,
  relu: (value) => (value > 0 ? value : 0),
  logistic: (value) => (1 + Math.tanh(value / 2)) / 2,
  tanh: (value) => 1 - 2 / (Math.exp(2 * value) + 1),
  abs: (value) => (value < 0 ? -value : value),
};

/** A map by definition, and in `sizes` the sum of its products' sizes: what an error is relative to. */
export function correlationByDefinition(
  planes: readonly Plane[],
  kernels: readonly Rows[],
  options: Required<CorrelateOptions>,
): { readonly rows: Rows; readonly sizes: Rows } {
  const { stride, padding, padMode, padValue, dilation, bias, activation, sense } = options;
  const channels = Math.max(planes.length, kernels.length);
  const filling = padMode === 'value' ? padValue : 0;
  const padded = planes.map((plane) => {
    const rows = rowsOf(plane);
    const [height, width] = [kernels[0]!.length, kernels[0]![0]!.length];
    const across = padsAlong(plane.width, (width - 1) * dilation + 1, stride, padding);
    const down = padsAlong(plane.height, (height - 1) * dilation + 1, stride, padding);
    const wide = rows.map((row) => extended(row, ...across, padMode, filling));
    return extended(wide, ...down, padMode, Array<number>(wide[0]!.length).fill(filling));
  });
  const turned = kernels.map((rows) =>
    sense === 'convolution' ? rows.map((row) => row.toReversed()).toReversed() : rows,
  );
  const read = (y: number, x: number): { sum: number; size: number } => {
    let [sum, size] = [bias, Math.abs(bias)];
    for (let channel = 0; channel < channels; channel++) {
      const image = padded.length === 1 ? padded[0]! : padded[channel]!;
      (turned.length === 1 ? turned[0]! : turned[channel]!).forEach((row, dy) =>
        row.forEach((weight, dx) => {
          const product = weight * image[y * stride + dy * dilation]![x * stride + dx * dilation]!;
          sum += product;
          size += Math.abs(product);
        }),
      );
    }
    return { sum, size };
  };
  const extents = [(turned[0]!.length - 1) * dilation + 1, (turned[0]![0]!.length - 1) * dilation + 1];
  const cells: { sum: number; size: number }[][] = [];
  for (let y = 0; y * stride + extents[0]! <= padded[0]!.length; y++) {
    cells.push([]);
    for (let x = 0; x * stride + extents[1]! <= padded[0]![0]!.length; x++) cells[y]!.push(read(y, x));
  }
  return {
    rows: cells.map((row) => row.map(({ sum }) => activations[activation](sum))),
    sizes: cells.map((row) => row.map(({ size }) => size)),
  };
}

/** The windows of a map that lie in it, each a list of cells in reading order. */
export function windowsOf(map: Plane, size: number, stride: number): number[][][] {
  const rows = rowsOf(map);
  const starts = (cells: number): number[] =>
    Array.from({ length: cells }, (_, at) => at).filter((at) => at % stride === 0 && at + size <= cells);
  return starts(map.height).map((top) =>
    starts(map.width).map((left) => rows.slice(top, top + size).flatMap((row) => row.slice(left, left + size))),
  );
}
