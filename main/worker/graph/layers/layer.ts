import type { TracedLayer } from '../../../../shared/network/shapes.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Output } from '../graph.ts';

/** What a layer's forward gives: its output, and how to go back through it. */
export type Forward = {
  /** NHWC or [N, units]. */
  readonly output: Output;
  readonly backward: Backward;
};

/**
 * From the loss's gradient by the layer's output to those by its input and its weights.
 *
 * `wantInput` is false for the first trainable layer: nobody asks what the image should have been.
 */
export type Backward = (gradient: Output, wantInput: boolean) => Gradients;

export type Gradients = {
  /** By the input; null when not wanted. */
  readonly input: Output | null;
  /** In the order of the layer's `weights`. */
  readonly weights: readonly Output[];
};

export type LayerInputs = {
  readonly math: Arithmetic;
  readonly layer: TracedLayer;
  readonly input: Output;
  /** The layer's trainable tensors, read once for this pass. */
  readonly weights: readonly Output[];
  /** Images in the batch; null where it is not known while the graph is written (forward only). */
  readonly batch: number | null;
};

/** The batch size, for layers whose gradient's shape must be written into the graph. */
export function knownBatch({ batch, layer }: LayerInputs): number {
  if (batch === null) throw new Error(`${layer.spec.name}: a backward pass needs a fixed batch size`);
  return batch;
}
