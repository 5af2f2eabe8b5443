import type { Padding } from '../network/spec.ts';
import { extentOf, paddingAlong } from '../network/windows.ts';

/** How an operation's windows lie along one axis. */
export type WindowLayout = {
  /** Cells from one window to the next. */
  readonly stride: number;
  /** `valid`: none; `same`: what ⌈cells / stride⌉ windows need (TensorFlow's rule); a number: as many cells at either end. */
  readonly padding: 'valid' | 'same' | number;
  /** Cells from one cell that a window reads to the next. */
  readonly dilation: number;
};

/** The numbers of output = ⌊(cells + padBefore + padAfter − extent) / stride⌋ + 1, which holds for every padding. */
export type OutputSize = {
  readonly padBefore: number;
  readonly padAfter: number;
  /** Cells from the first that a window reads to the last, both counted: (kernel − 1) · dilation + 1. */
  readonly extent: number;
  /** Windows along the axis; 0 if not even one fits. */
  readonly output: number;
};

/** How many windows of a kernel's side lie along an axis of `cells`, and what pads it. */
export function outputSize(cells: number, kernel: number, { stride, padding, dilation }: WindowLayout): OutputSize {
  const extent = extentOf(kernel, dilation);
  const [padBefore, padAfter] = paddingAlong({
    cells,
    size: kernel,
    stride,
    padding: axisPadding(padding),
    dilation,
  });
  const output = Math.max(0, Math.floor((cells + padBefore + padAfter - extent) / stride) + 1);
  return { padBefore, padAfter, extent, output };
}

/** A number means as many cells before as after. */
export function axisPadding(padding: WindowLayout['padding']): Padding {
  return typeof padding === 'number' ? [padding, padding] : padding;
}
