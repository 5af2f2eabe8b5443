import type { LayerSpec } from '../../../../shared/network/spec.ts';
import type { Output } from '../graph.ts';
import { activate, activateBackward, activationOf } from './activation.ts';
import { forward } from './index.ts';
import type { Forward, LayerInputs } from './layer.ts';

/** `forward`, with what the layer's activation is given beside what it gives; the same tensor where there is none. */
export function forwardWithSums(inputs: LayerInputs): Forward & { readonly sums: Output } {
  const { math, layer } = inputs;
  const activation = activationOf(layer.spec);
  if (activation === 'none') {
    const plain = forward(inputs);
    return { ...plain, sums: plain.output };
  }
  const spec = { ...layer.spec, activation: 'none' } as LayerSpec;
  const bare = forward({ ...inputs, layer: { ...layer, spec } });
  const output = activate(math, activation, bare.output);
  return {
    ...bare,
    output,
    sums: bare.output,
    backward: (gradient, wanted) => bare.backward(activateBackward(math, activation, output, gradient), wanted),
  };
}
