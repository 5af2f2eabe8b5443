import type { Tensor2D } from '@tensorflow/tfjs-node-gpu';
import { type HingeProblem, trainLinear } from '../../../shared/classical/svm/newton.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Machine } from './machine.ts';
import type { Progress } from './progress.ts';

/** A linear machine a class, one against the rest. */
export function* linearMachine(
  tf: TensorFlow,
  matrix: FeatureMatrix,
  classes: number,
  c: number,
): Generator<Progress, Machine> {
  const problem = new TensorProblem(tf, matrix, classes);
  try {
    const training = trainLinear(problem, { c });
    for (;;) {
      const { done, value } = training.next();
      if (!done) {
        yield { stage: 'training', share: Math.min(1, value) };
        continue;
      }
      const weights = tf.tensor2d(Float32Array.from(value), [matrix.length, classes]);
      return {
        score: (rows) => tf.tidy(() => tf.matMul(rows, weights).dataSync<'float32'>()),
        dispose: () => weights.dispose(),
      };
    }
  } finally {
    problem.dispose();
  }
}

/** The squared hinge loss as matrix products, a slice of images a call. */
class TensorProblem implements HingeProblem {
  readonly features: number;
  readonly classes: number;
  readonly #tf: TensorFlow;
  readonly #slices: readonly Slice[];

  constructor(tf: TensorFlow, matrix: FeatureMatrix, classes: number) {
    this.features = matrix.length;
    this.classes = classes;
    this.#tf = tf;
    this.#slices = matrix.slices.map(({ rows, labels }) =>
      tf.tidy(() => {
        const signs = tf.keep(tf.sub<Tensor2D>(tf.mul(tf.oneHot(labels, classes), 2), 1));
        const scores = tf.keep(tf.zerosLike(signs));
        return { rows, signs, scores, active: tf.keep(tf.zerosLike(signs)), ahead: tf.keep(tf.zerosLike(signs)) };
      }),
    );
  }

  *slope(): Generator<void, { losses: Float64Array; halfGradient: Float64Array }> {
    const tf = this.#tf;
    const losses = new Float64Array(this.classes);
    const halfGradient = new Float64Array(this.features * this.classes);
    for (const slice of this.#slices) {
      const [loss, gradient, active] = tf.tidy(() => {
        const missing = tf.relu(tf.sub(1, tf.mul(slice.signs, slice.scores)));
        const pull = tf.neg(tf.mul(slice.signs, missing));
        return [
          tf.sum(tf.square(missing), 0).dataSync(),
          tf.matMul(slice.rows, pull, true).dataSync(),
          tf.cast<Tensor2D>(tf.greater(missing, 0), 'float32'),
        ] as const;
      });
      replace(slice, 'active', active);
      addTo(losses, loss);
      addTo(halfGradient, gradient);
      yield;
    }
    return { losses, halfGradient };
  }

  *curvature(direction: Float64Array): Generator<void, Float64Array> {
    const tf = this.#tf;
    const sum = new Float64Array(direction.length);
    const towards = this.#matrixOf(direction);
    try {
      for (const { rows, active } of this.#slices) {
        addTo(
          sum,
          tf.tidy(() => tf.matMul(rows, tf.mul<Tensor2D>(active, tf.matMul(rows, towards)), true).dataSync()),
        );
        yield;
      }
    } finally {
      towards.dispose();
    }
    return sum;
  }

  *aim(direction: Float64Array): Generator<void, void> {
    const towards = this.#matrixOf(direction);
    try {
      for (const slice of this.#slices) {
        replace(slice, 'ahead', this.#tf.matMul(slice.rows, towards));
        yield;
      }
    } finally {
      towards.dispose();
    }
  }

  *lossesAhead(steps: Float64Array): Generator<void, Float64Array> {
    const tf = this.#tf;
    const losses = new Float64Array(this.classes);
    for (const { signs, scores, ahead } of this.#slices) {
      const loss = tf.tidy(() => {
        const there = tf.add(scores, tf.mul(ahead, tf.tensor1d(Float32Array.from(steps))));
        return tf.sum(tf.square(tf.relu(tf.sub(1, tf.mul(signs, there)))), 0).dataSync();
      });
      addTo(losses, loss);
    }
    yield;
    return losses;
  }

  go(steps: Float64Array): void {
    const tf = this.#tf;
    for (const slice of this.#slices) {
      const there = tf.tidy(() =>
        tf.add<Tensor2D>(slice.scores, tf.mul(slice.ahead, tf.tensor1d(Float32Array.from(steps)))),
      );
      replace(slice, 'scores', there);
    }
  }

  /** The images themselves are not its own. */
  dispose(): void {
    for (const { signs, scores, active, ahead } of this.#slices) {
      [signs, scores, active, ahead].forEach((tensor) => tensor.dispose());
    }
  }

  #matrixOf(weights: Float64Array): Tensor2D {
    return this.#tf.tensor2d(Float32Array.from(weights), [this.features, this.classes]);
  }
}

/** [images, classes] each, but for `rows`, [images, features]. */
type Slice = {
  readonly rows: Tensor2D;
  /** 1 for the image's class, −1 for the others. */
  readonly signs: Tensor2D;
  scores: Tensor2D;
  /** 1 where there was a loss. */
  active: Tensor2D;
  /** Scores of the direction aimed at. */
  ahead: Tensor2D;
};

function replace(slice: Slice, name: 'scores' | 'active' | 'ahead', tensor: Tensor2D): void {
  slice[name].dispose();
  slice[name] = tensor;
}

function addTo(sum: Float64Array, addend: ArrayLike<number>): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += addend[i]!;
}
