import type { AddSpec } from '../../../../shared/network/spec.ts';
import { activate, activateBackward } from './activation.ts';
import type { Forward, LayerInputs } from './layer.ts';

/** y = activation(a + b), of one shape: where a residual block closes. */
export function add(spec: AddSpec, { math, inputs: [a, b] }: LayerInputs): Forward {
  const output = activate(math, spec.activation, math.add(a!, b!));
  return {
    output,
    backward(gradient, wanted) {
      const bySum = activateBackward(math, spec.activation, output, gradient);
      return { inputs: wanted.map((isWanted) => (isWanted ? bySum : null)), weights: [] };
    },
  };
}
