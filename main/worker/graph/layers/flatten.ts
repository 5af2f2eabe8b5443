import type { Forward, LayerInputs } from './layer.ts';
import { knownBatch } from './layer.ts';

/** [N, height, width, channels] as [N, height·width·channels], in memory order. */
export function flatten(inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  return {
    output: math.reshape(inputs.inputs[0]!, [-1, layer.output[0]!]),
    backward: (gradient, [wanted]) => ({
      inputs: [wanted ? math.reshape(gradient, [knownBatch(inputs), ...layer.input]) : null],
      weights: [],
    }),
  };
}
