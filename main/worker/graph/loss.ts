import type { Arithmetic } from './arithmetic.ts';
import { bool, float32, int32, type Output } from './graph.ts';

export type Loss = {
  /** Sum over the batch; scalar. */
  readonly sum: Output;
  /** By the logits, of the mean over `batch` images; [N, classes]. */
  readonly gradient: Output;
};

/**
 * Softmax cross-entropy of `logits` [N, classes] against `labels` [N] (int32).
 *
 * @param batch the images over which the step takes its mean: more than N when several towers share a batch.
 */
export function softmaxCrossEntropy(math: Arithmetic, logits: Output, labels: Output, batch: number): Loss {
  const [losses, byLogits] = math.graph.ops(
    'SparseSoftmaxCrossEntropyWithLogits',
    [logits, labels],
    { T: { type: float32 }, Tlabels: { type: int32 } },
    { types: [float32, float32] },
  );
  return { sum: math.reduce('Sum', losses!, [0]), gradient: math.scale(byLogits!, 1 / batch) };
}

/** How many rows of `logits` have their largest number at the label; float32 scalar. */
export function countRight(math: Arithmetic, logits: Output, labels: Output): Output {
  const { graph } = math;
  const guesses = graph.op(
    'ArgMax',
    [logits, graph.integer(1)],
    { T: { type: float32 }, Tidx: { type: int32 }, output_type: { type: int32 } },
    { types: [int32] },
  );
  const right = graph.op('Equal', [guesses, labels], { T: { type: int32 } }, { types: [bool] });
  return math.reduce('Sum', math.cast(right, float32), [0]);
}
