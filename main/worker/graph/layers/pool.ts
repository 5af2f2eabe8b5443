import type { PoolSpec } from '../../../../shared/network/spec.ts';
import type { Output } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import { averages } from './averages.ts';
import type { Forward, LayerInputs } from './layer.ts';
import { padded, type Padded, poolingAttributes, type Windows } from './windows.ts';

/** Below every number a map may hold, so that a padding cell is never the largest; the lowest float32. */
const lowest = -3.4028234663852886e38;

/** The largest or the mean of each window of each map, then the activation; padding cells count in neither. */
export function pool(spec: PoolSpec, inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  const { size, stride, padding = 'valid', activation = 'none' } = spec;
  const windows = { shape: layer.input, size, stride, padding };
  const kept =
    spec.method === 'max'
      ? largest(windows, padded(windows, null, lowest), inputs)
      : averages(windows, padded(windows, null), inputs);
  const output = activate(math, activation, kept.output);
  return {
    output,
    backward: (gradient, [wanted]) => ({
      inputs: [wanted ? kept.backward(activateBackward(math, activation, output, gradient)) : null],
      weights: [],
    }),
  };
}

function largest(windows: Windows, padding: Padded, { math, inputs }: LayerInputs) {
  const attributes = { ...poolingAttributes(windows, padding), explicit_paddings: { ints: [] } };
  const maps = padding.around(math, inputs[0]!);
  const output = math.graph.op('MaxPool', [maps], attributes);
  return {
    output,
    backward: (gradient: Output): Output =>
      padding.within(math, math.graph.op('MaxPoolGrad', [maps, output, gradient], attributes)),
  };
}
