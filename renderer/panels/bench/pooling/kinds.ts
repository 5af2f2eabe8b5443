import type { PoolingKind } from '../../../../shared/bench/experiment.ts';
import { m } from '../../../messages/compiled/messages.js';

/** What a pooling is called, and what it does. */
export const kindNames: Record<PoolingKind, { readonly name: () => string; readonly hint: () => string }> = {
  max: { name: m.bench_pooling_max, hint: m.bench_pooling_max_hint },
  average: { name: m.bench_pooling_average, hint: m.bench_pooling_average_hint },
  l2: { name: m.bench_pooling_l2, hint: m.bench_pooling_l2_hint },
  stochastic: { name: m.bench_pooling_stochastic, hint: m.bench_pooling_stochastic_hint },
  subsampling: { name: m.bench_pooling_subsampling, hint: m.bench_pooling_subsampling_hint },
  strided: { name: m.bench_pooling_strided, hint: m.bench_pooling_strided_hint },
};
