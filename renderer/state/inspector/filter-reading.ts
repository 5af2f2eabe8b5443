import { type Learned, LearnedError } from '../learned.svelte.ts';
import type { FilterWeights } from './filter-change.ts';

/** A filter as it is after `step` steps. */
export type FilterReading = FilterWeights & { readonly layer: string; readonly step: number };

/** @throws LearnedError as a rejection */
export async function readFilter(
  learned: Pick<Learned, 'readWeights'>,
  layer: string,
  filter: number,
): Promise<FilterReading> {
  const { tensors, step } = await learned.readWeights(layer, filter);
  const kernel = tensors.find(({ name }) => name === 'kernel');
  if (kernel?.shape.length !== 3) throw new LearnedError('no-kernels', `${layer} has no kernels`);
  const bias = tensors.find(({ name }) => name === 'bias');
  // A bias of each unit is a map: none of it is the filter's own.
  const hasOwnBias = bias?.shape.length === 0;
  return {
    layer,
    filter,
    step,
    shape: kernel.shape,
    weights: kernel.values,
    bias: hasOwnBias ? bias.values[0]! : null,
  };
}
