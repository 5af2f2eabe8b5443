import type { DenseSpec } from '../../../../shared/network/spec.ts';
import { activate, activateBackward } from './activation.ts';
import type { Forward, LayerInputs } from './layer.ts';

/** y = activation(x · kernel + bias): [N, in] × [in, units]. */
export function dense(spec: DenseSpec, { math, inputs, weights: [kernel, bias] }: LayerInputs): Forward {
  const input = inputs[0]!;
  const sums = math.addByChannel(math.matrixProduct(input, kernel!), bias!);
  const output = activate(math, spec.activation, sums);
  return {
    output,
    backward(gradient, [wanted]) {
      const bySums = activateBackward(math, spec.activation, output, gradient);
      return {
        inputs: [wanted ? math.matrixProduct(bySums, kernel!, 'columns') : null],
        weights: [math.matrixProduct(input, bySums, 'rows'), math.sumByChannel(bySums)],
      };
    },
  };
}
