import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-node-gpu';
import type { TensorFlow } from '../tensorflow.ts';
import type { Describer } from './describer.ts';
import type { Progress } from './progress.ts';
import type { Selection } from './selection.ts';

/** Numbers of one slice: 16 MB. */
const sliceNumbers = 2 ** 22;
/** Below this deviation a number tells nothing. */
const leastDeviation = 1e-6;

/** Images of a slice. */
export function imagesInSlice(length: number): number {
  return Math.max(1, Math.floor(sliceNumbers / length));
}

/** Images with their features, in slices; the last column is a constant one, for the bias. Tensors that live until `dispose`. */
export type FeatureMatrix = {
  readonly slices: readonly { readonly rows: Tensor2D; readonly labels: Tensor1D }[];
  readonly count: number;
  /** Columns, the constant one too. */
  readonly length: number;
  dispose(): void;
};

/** The mean and the squares apart from it of each column, of rows that come slice by slice, put together in float64. */
class Moments {
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(length: number) {
    this.#mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  add(tf: TensorFlow, rows: Tensor2D): void {
    const [means, variances] = tf.tidy(() => {
      const { mean, variance } = tf.moments(rows, 0);
      return [mean.dataSync(), variance.dataSync()] as const;
    });
    const added = rows.shape[0];
    const all = this.#count + added;
    for (let i = 0; i < this.#mean.length; i++) {
      const apart = means[i]! - this.#mean[i]!;
      this.#mean[i]! += (apart * added) / all;
      this.#squares[i]! += variances[i]! * added + (apart ** 2 * this.#count * added) / all;
    }
    this.#count = all;
  }

  scaling(tf: TensorFlow): Scaling {
    const factors = this.#squares.map((sum) => {
      const deviation = Math.sqrt(sum / this.#count);
      return deviation < leastDeviation ? 0 : 1 / (deviation * Math.sqrt(this.#mean.length));
    });
    return new Scaling(tf, this.#mean, factors);
  }
}

/**
 * Makes each number of mean zero and of the same deviation over the training images; one that is the same in all of them, zero. The deviation is
 * such that an image has a length of about one, however many numbers it has: so C and γ mean the same for all features.
 */
export class Scaling {
  readonly #tf: TensorFlow;
  readonly #mean: Tensor1D;
  readonly #factor: Tensor1D;

  constructor(tf: TensorFlow, mean: Float64Array, factor: Float64Array) {
    this.#tf = tf;
    this.#mean = tf.tensor1d(Float32Array.from(mean));
    this.#factor = tf.tensor1d(Float32Array.from(factor));
  }

  /** The same rows scaled, with a constant one after them. */
  scaled(rows: Tensor2D): Tensor2D {
    const tf = this.#tf;
    return tf.tidy(() => {
      const scaled = tf.mul<Tensor2D>(tf.sub(rows, this.#mean), this.#factor);
      return tf.concat([scaled, tf.ones([rows.shape[0], 1])], 1);
    });
  }

  dispose(): void {
    this.#mean.dispose();
    this.#factor.dispose();
  }
}

/** Describes the training images and scales them. */
export function* trainingMatrix(
  tf: TensorFlow,
  describer: Describer,
  selection: Selection,
): Generator<Progress, { matrix: FeatureMatrix; scaling: Scaling }> {
  const made: Tensor[] = [];
  const rows: Tensor2D[] = [];
  let isWhole = false;
  try {
    const count = selection.order.length;
    const step = imagesInSlice(describer.length);
    const moments = new Moments(describer.length);
    for (let begin = 0; begin < count; begin += step) {
      const slice = describer.describe(selection, begin, Math.min(count, begin + step));
      rows.push(slice);
      // TensorFlow takes the numbers when it first computes with them, and the array here is free again.
      moments.add(tf, slice);
      yield { stage: 'features', share: Math.min(1, (begin + step) / count) };
    }
    const scaling = moments.scaling(tf);
    const slices = rows.map((raw, index) => {
      const scaled = scaling.scaled(raw);
      raw.dispose();
      const labels = selection.order
        .subarray(index * step, index * step + scaled.shape[0])
        .map((image) => selection.images.labels[image]!);
      const slice = { rows: scaled, labels: tf.tensor1d(labels, 'int32') };
      made.push(slice.rows, slice.labels);
      return slice;
    });
    isWhole = true;
    const dispose = () => made.forEach((tensor) => tensor.dispose());
    return { matrix: { slices, count, length: describer.length + 1, dispose }, scaling };
  } finally {
    if (!isWhole) [...made, ...rows].forEach((tensor) => tensor.dispose());
  }
}
