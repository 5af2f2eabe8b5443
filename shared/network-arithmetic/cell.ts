import type { AddSpec, BatchNormSpec, LrnSpec, ShortcutSpec } from '../network/spec.ts';
import { activate } from './activate.ts';
import { added, type Tensor, valueAt } from './tensor.ts';
import { extentOf, indexOf, type Unit } from './unit.ts';
import { numberNamed, type UnitWeights } from './weights.ts';

/** a / (k + α Σ a²)^β over neighbouring maps (Krizhevsky et al., 2012, §3.3). */
export type LrnArithmetic = {
  readonly kind: 'lrn';
  readonly value: number;
  /** The maps that count, the unit's own among them. */
  readonly neighbours: readonly { readonly map: number; readonly value: number }[];
  /** Σ a² */
  readonly squares: number;
  /** k + α Σ a² */
  readonly spread: number;
  /** spread^β */
  readonly divisor: number;
  readonly biased: number;
  readonly result: number;
  readonly magnitude: number;
};

export function lrnArithmetic(
  { depth, k, alpha, beta }: LrnSpec,
  input: Tensor,
  { map, row, column }: Unit,
): LrnArithmetic {
  const { maps } = extentOf(input.shape);
  const radius = (depth - 1) / 2;
  const first = Math.max(0, map - radius);
  const last = Math.min(maps - 1, map + radius);
  const neighbours = Array.from({ length: last - first + 1 }, (_, place) => {
    return { map: first + place, value: valueAt(input, row, column, first + place) };
  });
  const value = valueAt(input, row, column, map);
  const squares = added(neighbours.map((one) => one.value ** 2));
  const spread = k + alpha * squares;
  const divisor = spread ** beta;
  const result = value / divisor;
  return {
    kind: 'lrn',
    value,
    neighbours,
    squares,
    spread,
    divisor,
    biased: result,
    result,
    magnitude: Math.abs(result),
  };
}

/** scale · (x − mean) / √(variance + ε) + shift, then the activation; mean and variance are the running ones. */
export type BatchNormArithmetic = {
  readonly kind: 'batch-norm';
  readonly value: number;
  readonly mean: number;
  readonly variance: number;
  readonly epsilon: number;
  readonly normalised: number;
  readonly scale: number;
  readonly shift: number;
  readonly biased: number;
  readonly result: number;
  readonly magnitude: number;
};

/** @param weights `scale`, `shift`, `mean` and `variance` of the map. */
export function batchNormArithmetic(
  { epsilon, activation }: BatchNormSpec,
  input: Tensor,
  weights: UnitWeights,
  { map, row, column }: Unit,
): BatchNormArithmetic {
  const value = valueAt(input, row, column, map);
  const [mean, variance] = [numberNamed(weights, 'mean'), numberNamed(weights, 'variance')];
  const [scale, shift] = [numberNamed(weights, 'scale'), numberNamed(weights, 'shift')];
  const deviation = Math.sqrt(variance + epsilon);
  const normalised = (value - mean) / deviation;
  const biased = scale * normalised + shift;
  return {
    kind: 'batch-norm',
    value,
    mean,
    variance,
    epsilon,
    normalised,
    scale,
    shift,
    biased,
    result: activate(biased, activation),
    magnitude: Math.abs(scale / deviation) * (Math.abs(value) + Math.abs(mean)) + Math.abs(shift),
  };
}

/** a + b, then the activation: where a residual block closes. */
export type AddArithmetic = {
  readonly kind: 'add';
  readonly values: readonly [number, number];
  readonly biased: number;
  readonly result: number;
  readonly magnitude: number;
};

export function addArithmetic({ activation }: AddSpec, a: Tensor, b: Tensor, unit: Unit): AddArithmetic {
  const [x, y] = [a.values[indexOf(a.shape, unit)]!, b.values[indexOf(b.shape, unit)]!];
  return {
    kind: 'add',
    values: [x, y],
    biased: x + y,
    result: activate(x + y, activation),
    magnitude: Math.abs(x) + Math.abs(y),
  };
}

/** The mean of a whole map. */
export type GlobalAverageArithmetic = {
  readonly kind: 'global-average';
  /** The map that is averaged. */
  readonly map: number;
  readonly count: number;
  readonly sum: number;
  readonly biased: number;
  readonly result: number;
  readonly magnitude: number;
};

/** @param map of the input: the unit's place in the vector that comes out. */
export function globalAverageArithmetic(input: Tensor, map: number): GlobalAverageArithmetic {
  const { rows, columns, maps } = extentOf(input.shape);
  const count = rows * columns;
  const values = Array.from({ length: count }, (_, cell) => input.values[cell * maps + map]!);
  const sum = added(values);
  const result = sum / count;
  const magnitude = added(values.map(Math.abs)) / count;
  return { kind: 'global-average', map, count, sum, biased: result, result, magnitude };
}

/** A number that is handed on as it is (flatten, dropout in evaluation, shortcut); null where a shortcut adds a map of zeros. */
export type PassedArithmetic = {
  readonly kind: 'passed';
  /** Where it stands in the input. */
  readonly source: Unit | null;
  readonly biased: number;
  readonly result: number;
  readonly magnitude: number;
};

export function passedArithmetic(input: Tensor, source: Unit | null): PassedArithmetic {
  const result = source === null ? 0 : input.values[indexOf(input.shape, source)]!;
  return { kind: 'passed', source, biased: result, result, magnitude: Math.abs(result) };
}

/** The cell that a shortcut hands on; null in the maps of zeros it puts around: as many before as after, the odd one after. */
export function shortcutSource(
  { stride, channels }: ShortcutSpec,
  input: Tensor,
  { map, row, column }: Unit,
): Unit | null {
  const { maps } = extentOf(input.shape);
  const own = map - Math.floor((channels - maps) / 2);
  return own < 0 || own >= maps ? null : { map: own, row: row * stride, column: column * stride };
}
