import type { PoolSpec, SubsampleSpec } from '../network/spec.ts';
import { paddingAlong } from '../network/windows.ts';
import { activate } from './activate.ts';
import { added, type Tensor, valueAt } from './tensor.ts';
import { extentOf, type Unit } from './unit.ts';
import { numberNamed, type UnitWeights } from './weights.ts';

type Cell = { readonly row: number; readonly column: number; readonly value: number; readonly isOutside: boolean };

/** How the cells lie under a pooling window. */
type Windowed = {
  /** Side of the window. */
  readonly size: number;
  readonly top: number;
  readonly left: number;
  /** In reading order; those in the padding are there, and count in nothing. */
  readonly cells: readonly Cell[];
  /** Σ |values|: what rounding is measured against. */
  readonly magnitude: number;
};

/** The largest or the mean of a window, then the activation. */
export type PoolingArithmetic = Windowed & {
  readonly kind: 'pooling';
  readonly method: PoolSpec['method'];
  /** The cell whose value it is: the first of the largest; −1 for the mean. */
  readonly taken: number;
  /** Cells that count. */
  readonly count: number;
  /** Of the cells that count. */
  readonly sum: number;
  readonly pooled: number;
  /** The same as `pooled` under the name that all arithmetics share. */
  readonly biased: number;
  readonly result: number;
};

export function poolingArithmetic(spec: PoolSpec, input: Tensor, unit: Unit): PoolingArithmetic {
  const windowed = windowOver(spec, spec.padding ?? 'valid', input, unit);
  const { cells } = windowed;
  const counted = cells.filter(({ isOutside }) => !isOutside).map(({ value }) => value);
  const sum = added(counted);
  const isMax = spec.method === 'max';
  const largest = Math.max(...counted);
  const pooled = isMax ? largest : sum / counted.length;
  return {
    kind: 'pooling',
    method: spec.method,
    ...windowed,
    taken: isMax ? cells.findIndex(({ value, isOutside }) => !isOutside && value === largest) : -1,
    count: counted.length,
    sum,
    pooled,
    biased: pooled,
    result: activate(pooled, spec.activation ?? 'none'),
  };
}

/** A window's sum × coefficient + bias, then the activation (LeCun et al., 1998, §II-B, S2). */
export type SubsamplingArithmetic = Windowed & {
  readonly kind: 'subsampling';
  readonly sum: number;
  readonly coefficient: number;
  readonly bias: number;
  readonly biased: number;
  readonly result: number;
};

/** @param weights `coefficient` and `bias` of the map. */
export function subsamplingArithmetic(
  spec: SubsampleSpec,
  input: Tensor,
  weights: UnitWeights,
  unit: Unit,
): SubsamplingArithmetic {
  const windowed = windowOver(spec, 'valid', input, unit);
  const sum = added(windowed.cells.map(({ value }) => value));
  const coefficient = numberNamed(weights, 'coefficient');
  const bias = numberNamed(weights, 'bias');
  const biased = coefficient * sum + bias;
  return {
    kind: 'subsampling',
    ...windowed,
    magnitude: windowed.magnitude * Math.abs(coefficient) + Math.abs(bias),
    sum,
    coefficient,
    bias,
    biased,
    result: activate(biased, spec.activation),
  };
}

function windowOver(
  { size, stride }: { readonly size: number; readonly stride: number },
  padding: NonNullable<PoolSpec['padding']>,
  input: Tensor,
  { map, row, column }: Unit,
): Windowed {
  const { rows, columns } = extentOf(input.shape);
  const top = row * stride - paddingAlong({ cells: rows, size, stride, padding })[0];
  const left = column * stride - paddingAlong({ cells: columns, size, stride, padding })[0];
  const cells = Array.from({ length: size * size }, (_, cell): Cell => {
    const y = top + Math.floor(cell / size);
    const x = left + (cell % size);
    const isOutside = y < 0 || x < 0 || y >= rows || x >= columns;
    return { row: y, column: x, value: isOutside ? 0 : valueAt(input, y, x, map), isOutside };
  });
  return { size, top, left, cells, magnitude: added(cells.map(({ value }) => Math.abs(value))) };
}

/**
 * The cell of the input map that each window of a max pooling took, window by window in reading order, as its index (row · columns + column):
 * the pooling's switches (Zeiler and Fergus, 2014, §2.1).
 */
export function switchesOf(spec: PoolSpec, input: Tensor, output: Tensor, map: number): Int32Array {
  const { rows, columns } = extentOf(output.shape);
  const { columns: inputColumns } = extentOf(input.shape);
  return Int32Array.from({ length: rows * columns }, (_, index) => {
    const unit = { map, row: Math.floor(index / columns), column: index % columns };
    const { cells, taken } = poolingArithmetic(spec, input, unit);
    const cell = cells[taken];
    return cell ? cell.row * inputColumns + cell.column : -1;
  });
}
