import { float32, int32 } from '../graph.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/** The mean of each whole map: [N, H, W, C] → [N, C]. */
export function globalAverage(inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  const [height = 0, width = 0, channels = 0] = layer.input;
  return {
    output: math.reduce('Mean', inputs.inputs[0]!, [1, 2]),
    backward(gradient, [wanted]) {
      if (!wanted) return { inputs: [null], weights: [] };
      const share = math.reshape(math.scale(gradient, 1 / (height * width)), [knownBatch(inputs), 1, 1, channels]);
      const times = math.graph.integers([1, height, width, 1]);
      const attributes = { T: { type: float32 }, Tmultiples: { type: int32 } };
      return { inputs: [math.graph.op('Tile', [share, times], attributes)], weights: [] };
    },
  };
}
