import type { SubsampleSpec } from '../../../../shared/network/spec.ts';
import { activate, activateBackward } from './activation.ts';
import { averages } from './averages.ts';
import type { Forward, LayerInputs } from './layer.ts';
import { padded } from './windows.ts';

/** y = activation(coefficient · Σ window + bias): one coefficient and one bias a map; whole windows only. */
export function subsample(spec: SubsampleSpec, inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  const [coefficient, bias] = inputs.weights;
  const windows = { shape: layer.input, size: spec.size, stride: spec.stride, padding: 'valid' } as const;
  const means = averages(windows, padded(windows, 0), inputs);
  // A window's sum is its mean times its cells, which the small coefficients take on instead of the maps.
  const cells = spec.size ** 2;
  const factor = math.scale(coefficient!, cells);
  const output = activate(math, spec.activation, math.addByChannel(math.multiply(means.output, factor), bias!));
  return {
    output,
    backward(gradient, [wanted]) {
      const bySums = activateBackward(math, spec.activation, output, gradient);
      return {
        inputs: [wanted ? means.backward(math.multiply(bySums, factor)) : null],
        weights: [math.scale(math.sumByChannel(math.multiply(bySums, means.output)), cells), math.sumByChannel(bySums)],
      };
    },
  };
}
