import type { UnitArithmetic } from '../../../../shared/network-arithmetic/index.ts';
import type { LayerSpec } from '../../../../shared/network/spec.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal, significant } from '../../../messages/format.ts';
import { activationName } from '../kind-names.ts';

/** One number on the way to the result, and what stands before it. */
export type Step = {
  readonly sign: string;
  readonly label: string;
  readonly value: number;
  /** The sign is an activation's name. */
  readonly isActivated?: boolean;
};

/** From what a unit reads to what it gives, in the steps that people do it in. The last is the result. */
export function stepsOf(spec: LayerSpec, arithmetic: UnitArithmetic): Step[] {
  const isActivated = 'activation' in spec && (spec.activation ?? 'none') !== 'none';
  const { biased, result } = arithmetic;
  const first = (label: string, value: number): Step => ({ sign: '', label, value });
  const then = (sign: string, label: string, value: number): Step => ({ sign, label, value });
  /** What comes before the activation, and what it makes of that. */
  const end = (sign: string, label = m.bench_stage_biased()): Step[] =>
    isActivated
      ? [
          then(sign, label, biased),
          { sign: activationName(spec), label: m.bench_stage_output(), value: result, isActivated: true },
        ]
      : [then(sign, m.bench_stage_output(), result)];
  switch (arithmetic.kind) {
    case 'convolution':
    case 'dense':
      return [
        first(m.bench_stage_sum(), arithmetic.sum),
        then('+', m.bench_stage_bias(), arithmetic.bias),
        ...end('='),
      ];
    case 'pooling':
      return arithmetic.method === 'max'
        ? [first(m.bench_stage_largest_of({ count: decimal(arithmetic.count) }), arithmetic.pooled), ...end('=')]
        : [first(m.bench_stage_sum(), arithmetic.sum), ...end(`÷ ${decimal(arithmetic.count)} =`, m.inspector_mean())];
    case 'subsampling':
      return [
        first(m.bench_stage_sum(), arithmetic.sum),
        then('×', m.bench_stage_coefficient(), arithmetic.coefficient),
        then('+', m.bench_stage_bias(), arithmetic.bias),
        ...end('='),
      ];
    case 'rbf':
      return [first(m.inspector_squares_of_differences(), arithmetic.sum), ...end('× −1 =')];
    case 'lrn': {
      const { k, alpha, beta } = spec as Extract<LayerSpec, { kind: 'lrn' }>;
      return [
        first(m.inspector_squares_around({ count: decimal(arithmetic.neighbours.length) }), arithmetic.squares),
        then(`× ${significant(alpha)} + ${significant(k)} =`, 'k + α Σ a²', arithmetic.spread),
        then(`^${significant(beta)} =`, m.inspector_divisor(), arithmetic.divisor),
        then('→', m.inspector_value(), arithmetic.value),
        ...end('÷ ='),
      ];
    }
    case 'batch-norm':
      return [
        first(m.inspector_value(), arithmetic.value),
        then('−', m.mean(), arithmetic.mean),
        then('÷ √', m.inspector_variance(), arithmetic.variance + arithmetic.epsilon),
        then('=', m.inspector_normalised(), arithmetic.normalised),
        then('×', m.inspector_scale(), arithmetic.scale),
        then('+', m.inspector_shift(), arithmetic.shift),
        ...end('='),
      ];
    case 'add':
      return [
        first(m.inspector_one(), arithmetic.values[0]),
        then('+', m.inspector_other(), arithmetic.values[1]),
        ...end('=', m.bench_stage_sum()),
      ];
    case 'global-average':
      return [first(m.bench_stage_sum(), arithmetic.sum), ...end(`÷ ${decimal(arithmetic.count)} =`)];
    case 'passed':
      return [first(m.inspector_value(), arithmetic.result), ...end('=')];
    default:
      return arithmetic satisfies never;
  }
}
