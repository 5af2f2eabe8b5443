import type { ConvSpec } from '../../../../shared/network/spec.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import { connectionMask } from './connections.ts';
import { foldedForm, plainForm } from './convolution-form.ts';
import { Correlation } from './correlation.ts';
import { byMapInRows } from './folded-rows.ts';
import { foldsColumns, foldsRows, type KernelShape } from './folding.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';
import { padded, surrounded } from './windows.ts';

/**
 * y = activation(x ⋆ kernel + bias): correlation, NHWC images, HWIO kernels.
 *
 * Dilation goes through oneDNN's gradients, since there is no other way to them here. Convolutions of few maps are folded where
 * that is faster: see `folding.ts`.
 */
export function conv(spec: ConvSpec, inputs: LayerInputs): Forward {
  const { math, layer, weights } = inputs;
  const { bias = 'filter', paddingValue = 0, groups } = spec;
  const windows = { ...spec, shape: layer.input };
  const channels = layer.input[2]!;
  const kernelShape = layer.weights[0]!.shape as KernelShape;
  const whole = surrounded(windows, paddingValue);
  const wholeShape = [whole.height, whole.width, channels] as const;
  const byColumns = foldsColumns(spec, whole.width);
  const padding = byColumns ? whole : padded(windows, paddingValue);
  const form = byColumns ? foldedForm(math, kernelShape, wholeShape, layer.output) : plainForm(kernelShape);
  const correlation = new Correlation(math, { ...windows, padding: padding.padding }, groups);
  const mask = connectionMask(math, layer);
  const kernel = mask ? math.multiply(weights[0]!, mask) : weights[0]!;
  const maps = correlation.apart(form.map(padding.around(math, inputs.inputs[0]!)));
  const kernels = correlation.apart(form.kernel(kernel));
  const biases = weights[1] && form.bias(weights[1], bias);
  const y = activate(math, spec.activation, withBias(math, bias, correlation.sums(maps, kernels), biases));
  return {
    output: form.output(y),
    backward(gradient, [wanted]) {
      const bySums = activateBackward(math, spec.activation, y, form.sums(gradient));
      const parts = correlation.apart(bySums);
      const byKernel = form.byKernel(correlation.byKernel(maps, parts, form.kernelShape));
      const byWeights = [
        mask ? math.multiply(byKernel, mask) : byKernel,
        ...byBias(math, bias, bySums).map((by) => form.byBias(by, bias)),
      ];
      if (!wanted) return { inputs: [null], weights: byWeights };
      const batch = knownBatch(inputs);
      if (foldsRows(spec, channels, whole.height)) {
        const way = { kernel, kernelShape, bySums: form.output(bySums), shape: [batch, ...wholeShape] } as const;
        return { inputs: [whole.within(math, byMapInRows(math, way))], weights: byWeights };
      }
      // The gradient by the map is no faster by columns.
      const [plainKernels, plainParts] = byColumns ? [[kernel], [form.output(bySums)]] : [kernels, parts];
      const shape = [batch, padding.height, padding.width, channels];
      const byMap = padding.within(math, correlation.byMap(plainKernels, plainParts, shape));
      return { inputs: [byMap], weights: byWeights };
    },
  };
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
