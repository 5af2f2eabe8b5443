import type { PoolSpec } from '../../../../shared/network/spec.ts';
import { float32, type Output } from '../graph.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/** The largest or the mean of each window of each map; whole windows only. */
export function pool(spec: PoolSpec, inputs: LayerInputs): Forward {
  const { math, input, layer } = inputs;
  const { graph } = math;
  const attributes = {
    T: { type: float32 },
    ksize: { ints: [1, spec.size, spec.size, 1] },
    strides: { ints: [1, spec.stride, spec.stride, 1] },
    padding: 'VALID',
    data_format: 'NHWC',
  };
  switch (spec.method) {
    case 'max': {
      const output = graph.op('MaxPool', [input], { ...attributes, explicit_paddings: { ints: [] } });
      return {
        output,
        backward: (gradient) => ({
          input: graph.op('MaxPoolGrad', [input, output, gradient], { ...attributes, explicit_paddings: { ints: [] } }),
          weights: [],
        }),
      };
    }
    case 'average':
      return {
        output: graph.op('AvgPool', [input], attributes),
        backward: (gradient) => {
          if (tiles(spec, layer.input)) return { input: spread(spec, inputs, gradient), weights: [] };
          const inputShape = graph.integers([knownBatch(inputs), ...layer.input]);
          return { input: graph.op('AvgPoolGrad', [inputShape, gradient], attributes), weights: [] };
        },
      };
    default:
      return spec.method satisfies never;
  }
}

/** Whether the windows cover the maps exactly, side by side. */
function tiles(spec: PoolSpec, [height = 0, width = 0]: readonly number[]): boolean {
  return spec.size === spec.stride && height % spec.size === 0 && width % spec.size === 0;
}

/**
 * The gradient of side-by-side averages as copies: each cell's share, `size` times along the row, each row `size` times.
 * TensorFlow's AvgPoolGrad adds cell by cell on one thread; two concatenations take a fraction of its time.
 */
function spread(spec: PoolSpec, inputs: LayerInputs, gradient: Output): Output {
  const { math, layer } = inputs;
  const batch = knownBatch(inputs);
  const [rows = 0, columns = 0, channels = 0] = layer.output;
  const times = (part: Output): Output => math.concatenate(Array<Output>(spec.size).fill(part), 1);
  const share = math.scale(gradient, 1 / (spec.size * spec.size));
  const alongRows = times(math.reshape(share, [batch * rows * columns, channels]));
  const alongColumns = times(math.reshape(alongRows, [batch * rows, spec.size * columns * channels]));
  return math.reshape(alongColumns, [batch, ...layer.input]);
}
