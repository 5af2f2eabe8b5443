import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-node-gpu';
import { DenseBlocks } from '../../../shared/classical/dense-blocks.ts';
import { type Descriptor, gridDescriptor } from '../../../shared/classical/grid.ts';
import type { ClassicalSettings } from '../../../shared/classical/settings.ts';
import { shuffled } from '../../../shared/random/shuffle.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { Describer } from './describer.ts';
import type { Progress } from './progress.ts';
import { pixelsOf, type Selection } from './selection.ts';
import { streams } from './streams.ts';

/** Blocks that the words are learnt from. */
const mostSamples = 100_000;
/** Rounds of k-means. */
const rounds = 20;
/** Numbers of one slice's distances. */
const sliceNumbers = 2 ** 23;

/**
 * A bag of visual words (Csurka et al., 2004): HOG's blocks, closely set, each said by the words nearest to it, and counted in the image's four
 * quarters. The words are the centres that k-means finds among the training images' blocks.
 */
export class Words implements Describer {
  readonly length: number;
  readonly #tf: TensorFlow;
  readonly #settings: ClassicalSettings;
  readonly #blocks: DenseBlocks;
  /** [words, numbers a block]. */
  readonly #centres: Tensor2D;
  /** What stands beside the words, at its place. */
  readonly #beside: Descriptor | null;

  private constructor(
    tf: TensorFlow,
    settings: ClassicalSettings,
    blocks: DenseBlocks,
    centres: Tensor2D,
    selection: Selection,
  ) {
    this.#tf = tf;
    this.#settings = settings;
    this.#blocks = blocks;
    this.#centres = centres;
    this.#beside =
      settings.features === 'hog+lbp' ? gridDescriptor(selection.images.shape, { ...settings, features: 'lbp' }) : null;
    this.length = 4 * centres.shape[0] + (this.#beside?.length ?? 0);
  }

  /** Learns the words from training images drawn by the seed: Lloyd’s k-means, beginning at blocks drawn likewise. */
  static *learn(tf: TensorFlow, training: Selection, settings: ClassicalSettings): Generator<Progress, Words> {
    const blocks = new DenseBlocks(training.images.shape, settings);
    const samples = samplesOf(tf, training, blocks, settings.seed);
    let centres = tf.tidy(() => {
      const count = Math.min(settings.words, samples.shape[0]);
      const drawn = shuffled(samples.shape[0], settings.seed, streams.firstWords, 0).subarray(0, count);
      return tf.gather(samples, tf.tensor1d(drawn, 'int32'));
    });
    try {
      for (let round = 0; round < rounds; round++) {
        const next: Tensor2D = yield* movedCentres(tf, samples, centres, round);
        centres.dispose();
        centres = next;
      }
      return new Words(tf, settings, blocks, tf.clone(centres), training);
    } finally {
      samples.dispose();
      centres.dispose();
    }
  }

  describe(selection: Selection, begin: number, end: number): Tensor2D {
    // Distances of all blocks at once would take gigabytes.
    const most = Math.max(1, Math.floor(sliceNumbers / (this.#blocks.count * this.#centres.shape[0])));
    const parts: Tensor2D[] = [];
    for (let from = begin; from < end; from += most)
      parts.push(this.#part(selection, from, Math.min(end, from + most)));
    const whole = this.#tf.concat(parts, 0);
    parts.forEach((part) => part.dispose());
    return whole;
  }

  dispose(): void {
    this.#centres.dispose();
  }

  #part(selection: Selection, begin: number, end: number): Tensor2D {
    const tf = this.#tf;
    const { count, blockLength, quarters } = this.#blocks;
    const [images, words] = [end - begin, this.#centres.shape[0]];
    const values = new Float32Array(images * count * blockLength);
    for (let i = begin; i < end; i++) {
      this.#blocks.write(pixelsOf(selection, i), values, (i - begin) * count * blockLength);
    }
    return tf.tidy(() => {
      const distances = squaredDistances(tf, tf.tensor2d(values, [images * count, blockLength]), this.#centres);
      const said = this.#settings.assignment === 'hard' ? nearestOnly(tf, distances) : triangle(tf, distances);
      const byImage = said.reshape<Tensor3D>([images, count, words]);
      let from = 0;
      const sums: Tensor2D[] = quarters.map((length) => {
        const quarter = tf.slice(byImage, [0, from, 0], [images, length, words]);
        from += length;
        return tf.sum<Tensor2D>(quarter, 1);
      });
      const { length = 0 } = this.#beside ?? {};
      const beside = new Float32Array(images * length);
      for (let i = begin; i < end; i++) this.#beside?.write(pixelsOf(selection, i), beside, (i - begin) * length);
      return tf.concat(length > 0 ? [...sums, tf.tensor2d(beside, [images, length])] : sums, 1);
    });
  }
}

/** All blocks of so many images, drawn by the seed, that there are enough; [blocks, numbers a block]. */
function samplesOf(tf: TensorFlow, training: Selection, blocks: DenseBlocks, seed: number): Tensor2D {
  const all = training.order.length;
  const images = Math.min(all, Math.ceil(mostSamples / blocks.count));
  const drawn = shuffled(all, seed, streams.wordImages, 0);
  const values = new Float32Array(images * blocks.count * blocks.blockLength);
  for (let i = 0; i < images; i++) {
    blocks.write(pixelsOf(training, drawn[i]!), values, i * blocks.count * blocks.blockLength);
  }
  return tf.tensor2d(values, [images * blocks.count, blocks.blockLength]);
}

/** One round: each centre becomes the mean of the samples nearest to it; one without any stays. */
function* movedCentres(
  tf: TensorFlow,
  samples: Tensor2D,
  centres: Tensor2D,
  round: number,
): Generator<Progress, Tensor2D> {
  const [count, length] = samples.shape;
  const words = centres.shape[0];
  const slice = Math.max(1, Math.floor(sliceNumbers / words));
  let sums = tf.tensor2d(new Float32Array(words * (length + 1)), [words, length + 1]);
  try {
    for (let begin = 0; begin < count; begin += slice) {
      const next = tf.tidy(() => {
        const part = tf.slice(samples, [begin, 0], [Math.min(slice, count - begin), length]);
        const chosen = nearestOnly(tf, squaredDistances(tf, part, centres));
        const counted = tf.concat([part, tf.ones([part.shape[0], 1])], 1);
        return tf.add<Tensor2D>(sums, tf.matMul(chosen, counted, true));
      });
      sums.dispose();
      sums = next;
      yield { stage: 'words', share: (round + begin / count) / rounds };
    }
    return tf.tidy((): Tensor2D => {
      const counts = tf.slice(sums, [0, length], [words, 1]);
      const means = tf.div<Tensor2D>(tf.slice(sums, [0, 0], [words, length]), tf.maximum(counts, 1));
      return tf.where<Tensor2D>(tf.tile(tf.greater<Tensor2D>(counts, 0), [1, length]), means, centres);
    });
  } finally {
    sums.dispose();
  }
}

/** [rows, centres] */
function squaredDistances(tf: TensorFlow, rows: Tensor2D, centres: Tensor2D): Tensor2D {
  const ofRows = tf.sum(tf.square(rows), 1, true);
  const ofCentres = tf.sum(tf.square(centres), 1);
  return tf.relu(tf.add<Tensor2D>(tf.sub(ofRows, tf.mul(2, tf.matMul(rows, centres, false, true))), ofCentres));
}

function nearestOnly(tf: TensorFlow, distances: Tensor2D): Tensor2D {
  return tf.cast(tf.oneHot(tf.argMin(distances, 1), distances.shape[1]).as2D(...distances.shape), 'float32');
}

/** How much nearer than on average each word is, 0 for those that are not (Coates, Lee and Ng, 2011). */
function triangle(tf: TensorFlow, distances: Tensor2D): Tensor2D {
  const lengths = tf.sqrt(distances);
  return tf.relu(tf.sub<Tensor2D>(tf.mean(lengths, 1, true), lengths));
}
