import type { Loss } from '../../../shared/network/spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { bool, float32, int32, type Output } from './graph.ts';

export type LossPass = {
  /** Sum over the images; scalar. */
  readonly sum: Output;
  /** By the logits, of the mean over `batch` images; [N, classes]. */
  readonly gradient: Output;
};

/** What a loss is taken of. */
export type LossInputs = {
  readonly math: Arithmetic;
  /** [N, classes], the largest for the answer. */
  readonly logits: Output;
  /** The right classes, int32 [N]. */
  readonly labels: Output;
  readonly classes: number;
  /** The images over which the step takes its mean: more than N when several towers share a batch. */
  readonly batch: number;
};

/** j of LeCun et al. (1998), eq. 9: the distance at which a class counts as far enough away. */
const rbfMargin = 0.1;

/** Writes `loss` and its gradient into the graph. */
export function lossOf(loss: Loss, inputs: LossInputs): LossPass {
  switch (loss) {
    case 'cross-entropy':
      return crossEntropy(inputs);
    case 'mean-squared-error':
      return meanSquaredError(inputs);
    case 'rbf':
      return rbfLoss(inputs);
    default:
      return loss satisfies never;
  }
}

/** −log of the right class after softmax. */
function crossEntropy({ math, logits, labels, batch }: LossInputs): LossPass {
  const [losses, byLogits] = math.graph.ops(
    'SparseSoftmaxCrossEntropyWithLogits',
    [logits, labels],
    { T: { type: float32 }, Tlabels: { type: int32 } },
    { types: [float32, float32] },
  );
  return { sum: math.reduce('Sum', losses!, [0]), gradient: math.scale(byLogits!, 1 / batch) };
}

/** (logit − target)², the mean over classes; +1 for the right class, −1 for the others. */
function meanSquaredError({ math, logits, labels, classes, batch }: LossInputs): LossPass {
  const { graph } = math;
  const targets = graph.op('OneHot', [labels, graph.integer(classes), graph.number(1), graph.number(-1)], {
    T: { type: float32 },
    TI: { type: int32 },
    axis: { int: -1 },
  });
  const differences = math.subtract(logits, targets);
  const sum = math.reduce('Sum', math.unary('Square', differences), [0, 1]);
  return { sum: math.scale(sum, 1 / classes), gradient: math.scale(differences, 2 / (classes * batch)) };
}

/**
 * d_right + log(e^−j + Σ e^−d), the logits being −d: what cross-entropy gives if one more class, never right, has the logit −j.
 */
function rbfLoss(inputs: LossInputs): LossPass {
  const { math, logits, labels, classes } = inputs;
  const { graph } = math;
  // A column as long as the batch, whose length may not be known: the labels times 0.
  const margin = math.subtract(math.scale(math.cast(labels, float32), 0), graph.number(rbfMargin));
  const widened = math.concatenate([logits, math.reshape(margin, [-1, 1])], 1);
  const { sum, gradient } = crossEntropy({ ...inputs, logits: widened });
  return { sum, gradient: math.slice(gradient, [0, 0], [-1, classes]) };
}

/** How many rows of `logits` have their largest number at the label; float32 scalar. */
export function countRight(math: Arithmetic, logits: Output, labels: Output): Output {
  return countTrue(math, equal(math, guesses(math, logits), labels), [0]);
}

/** The class with the largest of each row of `logits`; int32 [N]. */
export function guesses({ graph }: Arithmetic, logits: Output): Output {
  return graph.op(
    'ArgMax',
    [logits, graph.integer(1)],
    { T: { type: float32 }, Tidx: { type: int32 }, output_type: { type: int32 } },
    { types: [int32] },
  );
}

/**
 * How many rows of `logits` have the label among their `guesses` largest numbers; float32 scalar. Of equal numbers the first are
 * taken: a network that says the same of all classes is right no more often than by chance.
 *
 * @param guesses at most the number of classes.
 */
export function countAmong(math: Arithmetic, logits: Output, labels: Output, guesses: number): Output {
  const { graph } = math;
  const [, classes] = graph.ops(
    'TopKV2',
    [logits, graph.integer(guesses)],
    { sorted: false, T: { type: float32 }, Tk: { type: int32 }, index_type: { type: int32 } },
    { types: [float32, int32] },
  );
  return countTrue(math, equal(math, classes!, math.reshape(labels, [-1, 1])), [0, 1]);
}

function equal({ graph }: Arithmetic, a: Output, b: Output): Output {
  return graph.op('Equal', [a, b], { T: { type: int32 }, incompatible_shape_error: true }, { types: [bool] });
}

function countTrue(math: Arithmetic, flags: Output, axes: readonly number[]): Output {
  return math.reduce('Sum', math.cast(flags, float32), axes);
}
