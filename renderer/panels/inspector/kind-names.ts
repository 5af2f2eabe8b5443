import type { Activation, LayerKind, LayerSpec } from '../../../shared/network/spec.ts';
import { m } from '../../messages/compiled/messages.js';

const kinds: Record<Exclude<LayerKind, 'pool'>, () => string> = {
  conv: m.inspector_kind_conv,
  subsample: m.inspector_kind_subsample,
  lrn: m.inspector_kind_lrn,
  'batch-norm': m.inspector_kind_batch_norm,
  dropout: m.inspector_kind_dropout,
  flatten: m.inspector_kind_flatten,
  dense: m.inspector_kind_dense,
  add: m.inspector_kind_add,
  shortcut: m.inspector_kind_shortcut,
  'global-average': m.inspector_kind_global_average,
  rbf: m.inspector_kind_rbf,
};

/** What a layer of this kind is called. */
export function kindName(spec: LayerSpec): string {
  if (spec.kind !== 'pool') return kinds[spec.kind]();
  return spec.method === 'max' ? m.inspector_kind_max_pool() : m.inspector_kind_average_pool();
}

const activations: Record<Activation, () => string> = {
  none: m.bench_stage_activation_none,
  logistic: m.inspector_activation_logistic,
  tanh: () => 'tanh',
  'scaled-tanh': () => '1.72 tanh ⅔',
  relu: m.response_relu,
};

/** What is done to a sum, as it is called on the screen. */
export function activationName(spec: LayerSpec): string {
  return activations[('activation' in spec && spec.activation) || 'none']();
}
