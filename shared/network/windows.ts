import type { Padding } from './spec.ts';

/** How windows lie along one axis of a map; all numbers are cells. */
export type Windows = {
  readonly cells: number;
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  /** Distance between the cells a window reads; 1 if left out. */
  readonly dilation?: number;
};

/** From the first cell a window reads to the last, both counted. */
export function extentOf(size: number, dilation = 1): number {
  return (size - 1) * dilation + 1;
}

/**
 * How many windows fit along an axis of `cells`.
 *
 * `valid`: ⌊(cells − extent) / stride⌋ + 1. `same`: ⌈cells / stride⌉ (TensorFlow's rule). `[before, after]`: as `valid`, on the padded axis.
 * @throws RangeError if the window is larger than the padded axis.
 */
export function windowsAlong(cells: number, size: number, stride: number, padding: Padding, dilation = 1): number {
  if (padding === 'same') return Math.ceil(cells / stride);
  const extent = extentOf(size, dilation);
  const [before, after] = padding === 'valid' ? [0, 0] : padding;
  const padded = cells + before + after;
  if (extent > padded) {
    const dilated = dilation > 1 ? ` (dilated to ${extent})` : '';
    const where = padded === cells ? `${cells} cells` : `${cells} cells padded to ${padded}`;
    throw new RangeError(
      `A window of ${size}${dilated} does not fit in ${where}: use a smaller window or padding "same"`,
    );
  }
  return Math.floor((padded - extent) / stride) + 1;
}

/**
 * The cells added before and after an axis. `same` adds what the last window lacks, the odd cell after (TensorFlow's rule).
 * What `[before, after]` adds beyond the last whole window is added all the same, and read by nobody.
 */
export function paddingAlong({ cells, size, stride, padding, dilation = 1 }: Windows): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return padding;
  const lacking = Math.max(0, (Math.ceil(cells / stride) - 1) * stride + extentOf(size, dilation) - cells);
  return [Math.floor(lacking / 2), Math.ceil(lacking / 2)];
}

/** The cells of the axis itself that all windows read, each counted once for every window that reads it: padding does not count. */
export function cellsRead(windows: Windows): number {
  const { cells, size, stride, padding, dilation = 1 } = windows;
  const [before] = paddingAlong(windows);
  let read = 0;
  for (let window = 0; window < windowsAlong(cells, size, stride, padding, dilation); window++) {
    for (let tap = 0; tap < size; tap++) {
      const cell = window * stride - before + tap * dilation;
      if (cell >= 0 && cell < cells) read++;
    }
  }
  return read;
}
