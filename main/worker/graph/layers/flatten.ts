import type { Forward, LayerInputs } from './layer.ts';
import { knownBatch } from './layer.ts';

/** [N, height, width, channels] as [N, height·width·channels], in memory order. */
export function flatten(inputs: LayerInputs): Forward {
  const { math, input, layer } = inputs;
  return {
    output: math.reshape(input, [-1, layer.output[0]!]),
    backward: (gradient) => ({ input: math.reshape(gradient, [knownBatch(inputs), ...layer.input]), weights: [] }),
  };
}
