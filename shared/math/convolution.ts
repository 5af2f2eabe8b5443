import { type Maps, mapsOf, type MapWindows, valueOf, windowsOver } from './maps.ts';

export type Convolution = MapWindows & {
  readonly filters: number;
  /** What stands in the padding cells. */
  readonly paddingValue?: number;
  /** The input maps and the filters fall into this many groups, each of which sees only its own. */
  readonly groups?: number;
  /** For each filter the input maps it reads; all of its group if left out. */
  readonly connections?: readonly (readonly number[])[];
};

/**
 * The definition, in float64: y[n, r, c, f] = bias + Σ over the window's cells and the maps that f reads of x · kernel.
 *
 * @param kernel HWIO, [size, size, inputs / groups, filters].
 * @param bias one number (none), one a filter, or one a unit, [rows, columns, filters].
 */
export function convolution(input: Maps, kernel: Float64Array, bias: Float64Array, how: Convolution): Maps {
  const { size, stride, filters, dilation = 1, groups = 1, paddingValue = 0 } = how;
  const [images, , , channels] = input.shape;
  const { rows, columns, top, left } = windowsOver(input, how);
  const inGroup = channels / groups;
  return mapsOf([images, rows, columns, filters], (image, row, column, filter) => {
    const group = Math.floor((filter * groups) / filters);
    let sum = bias[((row * columns + column) * filters + filter) % bias.length] ?? 0;
    for (let place = 0; place < inGroup; place++) {
      const map = group * inGroup + place;
      if (how.connections && !how.connections[filter]!.includes(map)) continue;
      for (let cell = 0; cell < size * size; cell++) {
        const y = top + row * stride + Math.floor(cell / size) * dilation;
        const x = left + column * stride + (cell % size) * dilation;
        sum += valueOf(input, image, y, x, map, paddingValue) * kernel[(cell * inGroup + place) * filters + filter]!;
      }
    }
    return sum;
  });
}
