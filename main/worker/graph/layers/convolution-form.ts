import type { ConvSpec } from '../../../../shared/network/spec.ts';
import type { Shape } from '../../../../shared/tensor/shape.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';
import { foldedKernel, type KernelShape, unfoldedByKernel } from './folding.ts';

type Bias = NonNullable<ConvSpec['bias']>;

/** The form in which a convolution is computed: from the layer's own tensors to what the ops read, and back. */
export type Form = {
  /** HWIO. */
  readonly kernelShape: Shape;
  readonly map: (padded: Output) => Output;
  readonly kernel: (kernel: Output) => Output;
  readonly byKernel: (gradient: Output) => Output;
  readonly bias: (bias: Output, kind: Bias) => Output;
  readonly byBias: (gradient: Output, kind: Bias) => Output;
  /** From the layer's output, [N, H', W', F], or its gradient to the sums. */
  readonly sums: (output: Output) => Output;
  readonly output: (sums: Output) => Output;
};

const same = (tensor: Output): Output => tensor;

/** As the layer has it. */
export function plainForm(kernelShape: Shape): Form {
  return { kernelShape, map: same, kernel: same, byKernel: same, bias: same, byBias: same, sums: same, output: same };
}

/**
 * By columns: maps [N, H, W/2, 2C], sums [N, H', W'/2, 2F], two biases a filter.
 *
 * The bias is added to and summed over the sums as they are, so that oneDNN still does both within the convolutions.
 */
export function foldedForm(math: Arithmetic, kernelShape: KernelShape, padded: Shape, output: Shape): Form {
  const [size, , channels, filters] = kernelShape;
  const folded = ([height, width, maps]: Shape): Shape => [height!, width! / 2, 2 * maps!];
  const sums = (maps: Output): Output => math.reshape(maps, [-1, ...folded(output)]);
  return {
    kernelShape: [size, (size + 1) / 2, 2 * channels, 2 * filters],
    map: (map) => math.reshape(map, [-1, ...folded(padded)]),
    kernel: (kernel) => foldedKernel(math, kernel, kernelShape, 'columns'),
    byKernel: (gradient) => unfoldedByKernel(math, gradient, kernelShape),
    bias: (bias, kind) => (kind === 'unit' ? sums(bias) : math.concatenate([bias, bias], 0)),
    byBias: (gradient, kind) =>
      kind === 'unit' ? math.reshape(gradient, output) : math.sum(math.split(gradient, 2, 0)),
    sums,
    output: (maps) => math.reshape(maps, [-1, ...output]),
  };
}
