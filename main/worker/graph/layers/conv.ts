import type { ConvSpec } from '../../../../shared/network/spec.ts';
import { float32 } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/** y = activation(x ⋆ kernel + bias): correlation, NHWC images, HWIO kernels. */
export function conv(spec: ConvSpec, inputs: LayerInputs): Forward {
  const { math, input, layer } = inputs;
  const { graph } = math;
  const [kernel, bias] = inputs.weights;
  const attributes = {
    T: { type: float32 },
    strides: { ints: [1, spec.stride, spec.stride, 1] },
    dilations: { ints: [1, 1, 1, 1] },
    explicit_paddings: { ints: [] },
    padding: spec.padding.toUpperCase(),
    data_format: 'NHWC',
    use_cudnn_on_gpu: true,
  };
  const byChannel = { T: { type: float32 }, data_format: 'NHWC' };
  const sums = graph.op('BiasAdd', [graph.op('Conv2D', [input, kernel!], attributes), bias!], byChannel);
  const output = activate(math, spec.activation, sums);
  return {
    output,
    backward(gradient, wantInput) {
      const bySums = activateBackward(math, spec.activation, output, gradient);
      const kernelShape = graph.integers(layer.weights[0]!.shape);
      const weights = [
        graph.op('Conv2DBackpropFilter', [input, kernelShape, bySums], attributes),
        graph.op('BiasAddGrad', [bySums], byChannel),
      ];
      if (!wantInput) return { input: null, weights };
      const inputShape = graph.integers([knownBatch(inputs), ...layer.input]);
      return { input: graph.op('Conv2DBackpropInput', [inputShape, kernel!, bySums], attributes), weights };
    },
  };
}
