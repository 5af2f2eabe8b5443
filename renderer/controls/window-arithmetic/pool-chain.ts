import type { Pooling, PoolingKind } from '../../../shared/bench/experiment.ts';
import type { PoolTerms } from '../../../shared/bench/window-terms.ts';
import { m } from '../../messages/compiled/messages.js';
import { decimal } from '../../messages/format.ts';

/** One number on the way to the pooled one, and what stands before it. */
export type PoolStep = { readonly sign: string; readonly label: string; readonly value: number };

/**
 * From the numbers under a window to the pooled one, in the steps that people do it in.
 * @param counted cells that are looked at so far; null: all of them.
 */
export function poolChain(
  kind: PoolingKind,
  pooling: Pooling,
  { cells, squashed, draw, result }: PoolTerms,
  counted: number | null,
): PoolStep[] {
  const seen = counted === null ? cells : cells.slice(0, counted);
  const sum = seen.reduce((total, { part }) => total + part, 0);
  const output = (sign: string): PoolStep => ({ sign, label: m.bench_stage_output(), value: result });
  const first = (label: string, value: number): PoolStep => ({ sign: '', label, value });
  switch (kind) {
    case 'max': {
      const largest = seen.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY);
      return [
        first(m.bench_stage_largest_of({ count: decimal(cells.length) }), seen.length > 0 ? largest : 0),
        output('='),
      ];
    }
    case 'average':
      return [first(m.bench_stage_sum(), sum), output(`÷ ${cells.length} =`)];
    case 'l2':
      return [
        first(m.bench_stage_squares(), sum),
        { sign: `÷ ${cells.length} =`, label: m.bench_stage_mean_square(), value: sum / cells.length },
        output('√ ='),
      ];
    case 'stochastic':
      return [
        first(m.bench_stage_positive_sum(), sum),
        { sign: '×', label: m.bench_stage_draw(), value: draw ?? 0 },
        { sign: '=', label: m.bench_stage_passed(), value: sum * (draw ?? 0) },
        output('→'),
      ];
    case 'subsampling':
      return [
        first(m.bench_stage_sum(), sum),
        { sign: '×', label: m.bench_stage_coefficient(), value: pooling.coefficient },
        { sign: '+', label: m.bench_stage_bias(), value: pooling.bias },
        { sign: '=', label: m.bench_stage_biased(), value: squashed ?? 0 },
        output('tanh →'),
      ];
    case 'strided':
      return [first(m.bench_stage_first_cell(), cells[0]?.value ?? 0), output('=')];
    default:
      return kind satisfies never;
  }
}
