import type { TracedLayer } from '../../../../shared/network/shapes.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';

/** What a layer's forward gives: its output, and how to go back through it. */
export type Forward = {
  /** NHWC or [N, units]. */
  readonly output: Output;
  /** New values of the layer's `state`, in its order, after this pass in training; none if left out. */
  readonly state?: readonly Output[];
  readonly backward: Backward;
};

/**
 * From the loss's gradient by the layer's output to those by its inputs and its weights.
 *
 * `wanted` says of each input whether somebody asks: nobody asks what the image should have been.
 */
export type Backward = (gradient: Output, wanted: readonly boolean[]) => Gradients;

export type Gradients = {
  /** By each input, in order; null where not wanted. */
  readonly inputs: readonly (Output | null)[];
  /** In the order of the layer's `weights`. */
  readonly weights: readonly Output[];
};

/** What training adds to a pass. */
export type Training = {
  /** The run's seed, int32 scalar. */
  readonly seed: Output;
  /** The step's number, int32 scalar: random numbers are functions of it. */
  readonly step: Output;
  /** Where this pass's first image stands in the step's batch: 0, or where a tower's part begins. */
  readonly first: number;
};

export type LayerInputs = {
  readonly math: Arithmetic;
  readonly layer: TracedLayer;
  /** What the layer reads, in the order of its trace's `inputs`: two for `add`, one for all others. */
  readonly inputs: readonly Output[];
  /** The layer's trainable tensors, read once for this pass. */
  readonly weights: readonly Output[];
  /** What training changes but no gradient does, read once for this pass. */
  readonly state: readonly Output[];
  /** Null in evaluation: dropout does nothing, batch normalisation goes by its state. */
  readonly training: Training | null;
  /** Images in the batch; null where it is not known while the graph is written (forward only). */
  readonly batch: number | null;
};

/** The batch size, for layers whose gradient's shape must be written into the graph. */
export function knownBatch({ batch, layer }: Pick<LayerInputs, 'batch' | 'layer'>): number {
  if (batch === null) throw new Error(`${layer.spec.name}: a backward pass needs a fixed batch size`);
  return batch;
}
