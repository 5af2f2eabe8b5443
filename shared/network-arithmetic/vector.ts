import type { DenseSpec, RbfSpec } from '../network/spec.ts';
import { activate } from './activate.ts';
import { added, type Tensor } from './tensor.ts';
import { numberNamed, type UnitWeights, weightsNamed } from './weights.ts';

/** One number that a unit of a vector layer reads. */
export type VectorTerm = {
  /** Its place in the input. */
  readonly input: number;
  readonly value: number;
  /** What it is multiplied by, or compared with (RBF). */
  readonly weight: number;
  /** value × weight, or (value − weight)² (RBF). */
  readonly term: number;
};

type VectorSum = {
  /** The largest first, by size. */
  readonly terms: readonly VectorTerm[];
  readonly sum: number;
  readonly biased: number;
  readonly result: number;
  /** Σ |terms|: what rounding is measured against. */
  readonly magnitude: number;
};

/** Σ x · w + bias, then the activation. */
export type DenseArithmetic = VectorSum & { readonly kind: 'dense'; readonly bias: number };

/** −Σ (x − code)² */
export type RbfArithmetic = VectorSum & { readonly kind: 'rbf' };

/** @param weights `kernel` [inputs] and `bias` of the unit. */
export function denseArithmetic(spec: DenseSpec, input: Tensor, weights: UnitWeights): DenseArithmetic {
  const kernel = weightsNamed(weights, 'kernel').values;
  const bias = numberNamed(weights, 'bias');
  const { terms, sum, magnitude } = termsOf(input, kernel, (value, weight) => value * weight);
  const biased = sum + bias;
  return {
    kind: 'dense',
    terms,
    sum,
    bias,
    biased,
    result: activate(biased, spec.activation),
    magnitude: magnitude + Math.abs(bias),
  };
}

export function rbfArithmetic({ codes }: RbfSpec, input: Tensor, unit: number): RbfArithmetic {
  const { terms, sum, magnitude } = termsOf(input, codes[unit]!, (value, cell) => (value - cell) ** 2);
  return { kind: 'rbf', terms, sum, biased: -sum, result: -sum, magnitude };
}

function termsOf(
  { values }: Tensor,
  weights: ArrayLike<number>,
  term: (value: number, weight: number) => number,
): Pick<VectorSum, 'terms' | 'sum' | 'magnitude'> {
  const terms = Array.from(values, (value, input): VectorTerm => {
    const weight = weights[input]!;
    return { input, value, weight, term: term(value, weight) };
  });
  const sum = added(terms.map((one) => one.term));
  const magnitude = added(terms.map((one) => Math.abs(one.term)));
  return { terms: terms.sort((a, b) => Math.abs(b.term) - Math.abs(a.term)), sum, magnitude };
}
