import type { BenchKernel, Operation } from '../../../../shared/bench/experiment.ts';
import type { ByteImage } from '../../../../shared/dataset/resize.ts';
import { extentOf } from '../../../../shared/network-arithmetic/unit.ts';
import type { Tensor } from '../../../../shared/network-arithmetic/tensor.ts';
import type { Activation, ConvSpec } from '../../../../shared/network/spec.ts';
import { planeOf } from '../../../state/inspector/filter-change.ts';
import type { FilterReading } from '../../../state/inspector/filter-reading.ts';
import { rangeOf } from '../unit/planes.ts';

/** What a layer reads, as an image of the bench: the smallest number is black, the largest white. */
export function benchImage(input: Tensor, channel: number | null): ByteImage {
  const { rows: height, columns: width, maps } = extentOf(input.shape);
  const { min, max } = rangeOf(input);
  const channels = channel === null ? 3 : 1;
  const pixels = Uint8Array.from({ length: height * width * channels }, (_, i) => {
    const value = channel === null ? input.values[i]! : input.values[i * maps + channel]!;
    return Math.round((255 * (value - min)) / (max - min || 1));
  });
  return { height, width, channels, pixels };
}

/** A filter's weights for one channel, or for red, green and blue (null), as a kernel of the bench. */
export function benchKernel(filter: FilterReading, channel: number | null): BenchKernel {
  const [height = 0, width = 0] = filter.shape;
  return {
    origin: { kind: 'learned', layer: filter.layer, filter: filter.filter, channel, step: filter.step },
    height,
    width,
    channels: channel === null ? 3 : 1,
    weights: Array.from(channel === null ? filter.weights : planeOf(filter, channel)),
  };
}

const activations: Record<Activation, Operation['activation']> = {
  none: 'none',
  logistic: 'logistic',
  tanh: 'tanh',
  // The bench has no other that squashes around zero.
  'scaled-tanh': 'tanh',
  relu: 'relu',
};

/** How the layer lays its windows and what it does to their sums, as the bench can do it. */
export function benchOperation(
  { stride, padding, paddingValue = 0, dilation = 1, activation }: ConvSpec,
  bias: number | null,
): Operation {
  const side = typeof padding === 'string' ? padding : padding[0] === 0 ? 'valid' : padding[0];
  return {
    stride,
    padding: side,
    padMode: paddingValue === 0 ? 'zero' : 'value',
    padValue: paddingValue,
    dilation,
    bias: bias ?? 0,
    activation: activations[activation],
    sense: 'correlation',
  };
}
