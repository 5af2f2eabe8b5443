import type { TracedLayer } from '../network/shapes.ts';
import {
  type AddArithmetic,
  addArithmetic,
  type BatchNormArithmetic,
  batchNormArithmetic,
  type GlobalAverageArithmetic,
  globalAverageArithmetic,
  type LrnArithmetic,
  lrnArithmetic,
  type PassedArithmetic,
  passedArithmetic,
  shortcutSource,
} from './cell.ts';
import { type ConvolutionArithmetic, convolutionArithmetic } from './convolution.ts';
import {
  type PoolingArithmetic,
  poolingArithmetic,
  type SubsamplingArithmetic,
  subsamplingArithmetic,
} from './pooling.ts';
import type { Tensor } from './tensor.ts';
import { type Unit, unitAt } from './unit.ts';
import { type DenseArithmetic, denseArithmetic, type RbfArithmetic, rbfArithmetic } from './vector.ts';
import type { UnitWeights } from './weights.ts';

/**
 * How one number of a layer comes about from what the layer reads, in float64. Of each kind: `biased`, what its activation is given;
 * `result`, what it gives; `magnitude`, the size of the numbers that are added up, against which rounding is measured.
 */
export type UnitArithmetic =
  | ConvolutionArithmetic
  | PoolingArithmetic
  | SubsamplingArithmetic
  | DenseArithmetic
  | RbfArithmetic
  | LrnArithmetic
  | BatchNormArithmetic
  | AddArithmetic
  | GlobalAverageArithmetic
  | PassedArithmetic;

/**
 * @param inputs what the layer reads, in the order of its trace's `inputs`, for one image, in evaluation.
 * @param weights the layer's own of this filter, unit or channel: `weightsUnitOf` says which that is.
 * @throws RangeError if a tensor is missing.
 */
export function unitArithmetic(
  { spec }: Pick<TracedLayer, 'spec'>,
  inputs: readonly Tensor[],
  weights: UnitWeights,
  unit: Unit,
): UnitArithmetic {
  const [input, other] = inputs;
  if (!input) throw new RangeError(`The arithmetic of ${spec.name} needs what it reads`);
  switch (spec.kind) {
    case 'conv':
      return convolutionArithmetic(spec, input, weights, unit);
    case 'pool':
      return poolingArithmetic(spec, input, unit);
    case 'subsample':
      return subsamplingArithmetic(spec, input, weights, unit);
    case 'lrn':
      return lrnArithmetic(spec, input, unit);
    case 'batch-norm':
      return batchNormArithmetic(spec, input, weights, unit);
    case 'dense':
      return denseArithmetic(spec, input, weights);
    case 'rbf':
      return rbfArithmetic(spec, input, unit.column);
    case 'add':
      if (!other) throw new RangeError(`The arithmetic of ${spec.name} needs both layers that it adds`);
      return addArithmetic(spec, input, other, unit);
    case 'global-average':
      return globalAverageArithmetic(input, unit.column);
    case 'flatten':
      return passedArithmetic(input, unitAt(input.shape, unit.column));
    case 'dropout':
      return passedArithmetic(input, unit);
    case 'shortcut':
      return passedArithmetic(input, shortcutSource(spec, input, unit));
    default:
      return spec satisfies never;
  }
}

/** The last-axis index of a layer's weights that a unit's arithmetic needs; null for a layer without weights. */
export function weightsUnitOf({ spec, weights }: Pick<TracedLayer, 'spec' | 'weights'>, unit: Unit): number | null {
  if (weights.length === 0) return null;
  return spec.kind === 'dense' ? unit.column : unit.map;
}

/**
 * Whether the network's own number is the one computed here, but for float32's rounding while so many numbers are added up.
 *
 * Sums of float32 in any order stray by a few units in the last place (2⁻²⁴) of Σ |terms|, more with more terms; 2⁻¹⁶ of it is beyond what
 * rounding does to any layer here, and far below what a wrong term would do.
 */
export function agrees(computed: number, own: number, magnitude: number): boolean {
  return Math.abs(computed - own) <= 2 ** -16 * Math.max(magnitude, Math.abs(computed)) + 1e-7;
}
