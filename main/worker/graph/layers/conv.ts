import type { ConvSpec } from '../../../../shared/network/spec.ts';
import type { Shape } from '../../../../shared/tensor/shape.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { float32, type Output } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import { connectionMask } from './connections.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';
import { padded } from './windows.ts';

/**
 * y = activation(x ⋆ kernel + bias): correlation, NHWC images, HWIO kernels.
 *
 * Groups are convolutions of their own, of a part of the maps each: TensorFlow's grouped kernels take the same time (AlexNet's
 * conv2 and conv4, measured), and their gradients exist only with oneDNN or a GPU. The same holds of dilation's
 * gradients, for which there is no other way here.
 */
export function conv(spec: ConvSpec, inputs: LayerInputs): Forward {
  const { math, layer, weights } = inputs;
  const groups = spec.groups ?? 1;
  const { stride, dilation = 1, bias = 'filter', paddingValue = 0 } = spec;
  const windows = { shape: layer.input, size: spec.size, stride, padding: spec.padding, dilation };
  const padding = padded(windows, paddingValue);
  const attributes = {
    T: { type: float32 },
    strides: { ints: [1, stride, stride, 1] },
    dilations: { ints: [1, dilation, dilation, 1] },
    explicit_paddings: { ints: [] },
    padding: padding.padding,
    data_format: 'NHWC',
    use_cudnn_on_gpu: true,
  };
  const mask = connectionMask(math, layer);
  const kernel = mask ? math.multiply(weights[0]!, mask) : weights[0]!;
  const maps = math.split(padding.around(math, inputs.inputs[0]!), groups, channelAxis);
  const kernels = math.split(kernel, groups, channelAxis);
  const products = maps.map((map, group) => math.graph.op('Conv2D', [map, kernels[group]!], attributes));
  const output = activate(
    math,
    spec.activation,
    withBias(math, bias, math.concatenate(products, channelAxis), weights[1]),
  );
  return {
    output,
    backward(gradient, [wanted]) {
      const bySums = activateBackward(math, spec.activation, output, gradient);
      const parts = math.split(bySums, groups, channelAxis);
      const kernelShape = math.graph.integers(partOf(layer.weights[0]!.shape, groups));
      const byKernels = parts.map((part, group) =>
        math.graph.op('Conv2DBackpropFilter', [maps[group]!, kernelShape, part], attributes),
      );
      const byKernel = math.concatenate(byKernels, channelAxis);
      const byWeights = [mask ? math.multiply(byKernel, mask) : byKernel, ...byBias(math, bias, bySums)];
      if (!wanted) return { inputs: [null], weights: byWeights };
      const mapShape = [knownBatch(inputs), padding.height, padding.width, layer.input[channelAxis - 1]!];
      const shape = math.graph.integers(partOf(mapShape, groups));
      const byMaps = parts.map((part, group) =>
        math.graph.op('Conv2DBackpropInput', [shape, kernels[group]!, part], attributes),
      );
      return { inputs: [padding.within(math, math.concatenate(byMaps, channelAxis))], weights: byWeights };
    },
  };
}

/** The last axis: C of NHWC, O of HWIO. */
const channelAxis = 3;

/** The shape with one group's part of its last axis. */
function partOf(shape: Shape, groups: number): Shape {
  return [...shape.slice(0, -1), shape[channelAxis]! / groups];
}

type Bias = NonNullable<ConvSpec['bias']>;

function withBias(math: Arithmetic, kind: Bias, products: Output, bias: Output | undefined): Output {
  switch (kind) {
    case 'filter':
      return math.addByChannel(products, bias!);
    case 'unit':
      return math.add(products, bias!);
    case 'none':
      return products;
    default:
      return kind satisfies never;
  }
}

function byBias(math: Arithmetic, kind: Bias, bySums: Output): readonly Output[] {
  switch (kind) {
    case 'filter':
      return [math.sumByChannel(bySums)];
    case 'unit':
      return [math.reduce('Sum', bySums, [0])];
    case 'none':
      return [];
    default:
      return kind satisfies never;
  }
}
