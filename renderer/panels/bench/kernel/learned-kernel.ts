import { type BenchKernel, largestKernel } from '../../../../shared/bench/experiment.ts';
import { resized, withChannels } from '../../../../shared/bench/kernel-changes.ts';
import { filterWeights } from '../../../../shared/network/filter-weights.ts';
import type { LearnedKernels, LearnedLayer } from '../../../state/learned.svelte.ts';

/** One kernel of a layer. `channel`: one input channel; null for red, green and blue together, where the layer reads these. */
export type LearnedPlace = { readonly layer: string; readonly filter: number; readonly channel: number | null };

/** The sides of a layer's kernels, its input channels (in groups, those of one), its filters. */
export function extentOf({ shape }: Pick<LearnedLayer, 'shape'>) {
  const [height = 0, width = 0, inputs = 0, filters = 0] = shape;
  return { height, width, inputs, filters };
}

/** A layer whose kernels the bench can hold. */
export function isOffered(layer: LearnedLayer): boolean {
  const { height, width } = extentOf(layer);
  return height <= largestKernel && width <= largestKernel;
}

/** Whether the layer reads an image's three channels, so that a filter's weights for them are one kernel of the bench. */
export function readsColours(layer: LearnedLayer): boolean {
  return extentOf(layer).inputs === 3;
}

/** Whether the filter reads the channel; a connection table may leave it out. */
export function isConnected({ connections }: LearnedLayer, filter: number, channel: number | null): boolean {
  return channel === null || !connections || (connections[filter]?.includes(channel) ?? false);
}

/** A kernel of the network as one of the bench. */
export function benchKernel(
  { shape, values, step }: LearnedKernels,
  { layer, filter, channel }: LearnedPlace,
): BenchKernel {
  const { height, width } = extentOf({ shape });
  return {
    origin: { kind: 'learned', layer, filter, channel, step },
    height,
    width,
    channels: channel === null ? 3 : 1,
    weights: Array.from(filterWeights(values, shape, filter, channel)),
  };
}

/** What becomes of a kernel of the bench so that it fits a place of the network, and what has to be said about it. */
export type Fit = {
  readonly weights: readonly number[];
  /** It gets a border of zeros, loses what is around its middle, or both. */
  readonly size: 'as-it-is' | 'padded' | 'cut';
  /** One plane becomes three alike, or three become their mean. */
  readonly planes: 'as-they-are' | 'repeated' | 'averaged';
};

export function fitInto(kernel: BenchKernel, layer: LearnedLayer, channel: number | null): Fit {
  const { height, width } = extentOf(layer);
  const channels = channel === null ? 3 : 1;
  const isCut = kernel.height > height || kernel.width > width;
  const isSame = kernel.height === height && kernel.width === width;
  return {
    weights: resized(withChannels(kernel, channels), height, width).weights,
    size: isSame ? 'as-it-is' : isCut ? 'cut' : 'padded',
    planes: kernel.channels === channels ? 'as-they-are' : channels === 3 ? 'repeated' : 'averaged',
  };
}
