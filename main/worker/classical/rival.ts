import { freemem, totalmem } from 'node:os';
import { ClassicalError } from '../../../shared/classical/classical-error.ts';
import { gridDescriptor } from '../../../shared/classical/grid.ts';
import type { ClassicalSettings } from '../../../shared/classical/settings.ts';
import { shuffled } from '../../../shared/random/shuffle.ts';
import type { Dataset, LabelledImages } from '../dataset/dataset.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { type Describer, describerOf } from './describer.ts';
import { type FeatureMatrix, imagesInSlice, type Scaling, trainingMatrix } from './feature-matrix.ts';
import { linearMachine } from './linear-machine.ts';
import type { Machine } from './machine.ts';
import { requireKernelMemory, requireMatrixMemory } from './memory.ts';
import type { Progress } from './progress.ts';
import { rbfMachine } from './rbf-machine.ts';
import type { Selection } from './selection.ts';
import { streams } from './streams.ts';
import { Words } from './words.ts';

/** Wall-clock of the stages, in seconds. */
export type StageSeconds = { readonly features: number; readonly training: number };

/**
 * The way before 2012: engineered features and a support vector machine, trained on a dataset. Everything long is a generator that yields after
 * each slice of images; with words a slice may take seconds. One that is left gives its memory back.
 */
export class Rival {
  /** Numbers an image has. */
  readonly features: number;
  readonly trainImages: number;
  readonly classes: number;
  readonly seconds: StageSeconds;
  readonly #describer: Describer;
  readonly #scaling: Scaling;
  readonly #machine: Machine;

  private constructor(parts: { describer: Describer; scaling: Scaling; machine: Machine }, figures: Figures) {
    this.#describer = parts.describer;
    this.#scaling = parts.scaling;
    this.#machine = parts.machine;
    this.features = parts.describer.length;
    this.trainImages = figures.trainImages;
    this.classes = figures.classes;
    this.seconds = figures.seconds;
  }

  /**
   * Trains it on the training images of a dataset; it never sees the others.
   * @param usable bytes that may be used.
   * @throws ClassicalError where the settings do not go with the images, or with the memory.
   */
  static *train(
    tf: TensorFlow,
    { train, classes }: Pick<Dataset, 'train' | 'classes'>,
    settings: ClassicalSettings,
    usable = usableMemory(),
  ): Generator<Progress, Rival> {
    requireSense(settings);
    const selection = selectionOf(train, settings);
    const held: { dispose(): void }[] = [];
    let isTrained = false;
    try {
      const began = performance.now();
      const describer = yield* describerFor(tf, selection, settings);
      held.push(describer);
      requireMatrixMemory(selection.order.length, describer.length, usable);
      const counts = countsOf(selection, classes.length);
      if (settings.svm === 'rbf') requireKernelMemory(counts, usable);
      const { matrix, scaling } = yield* trainingMatrix(tf, describer, selection);
      held.push(scaling);
      const described = performance.now();
      const machine = yield* machineOn(tf, matrix, counts, settings);
      isTrained = true;
      const seconds = { features: (described - began) / 1000, training: (performance.now() - described) / 1000 };
      const figures = { trainImages: selection.order.length, classes: classes.length, seconds };
      return new Rival({ describer, scaling, machine }, figures);
    } finally {
      if (!isTrained) held.forEach((one) => one.dispose());
    }
  }

  /** The scores of all classes for each image, the highest for the likeliest; images × classes. */
  *score(images: LabelledImages): Generator<Progress, Float32Array> {
    const scores = new Float32Array(images.count * this.classes);
    const selection = { images, order: Int32Array.from({ length: images.count }, (_, i) => i) };
    const step = imagesInSlice(this.features);
    for (let begin = 0; begin < images.count; begin += step) {
      const raw = this.#describer.describe(selection, begin, Math.min(images.count, begin + step));
      const rows = this.#scaling.scaled(raw);
      scores.set(this.#machine.score(rows), begin * this.classes);
      raw.dispose();
      rows.dispose();
      yield { stage: 'testing', share: Math.min(1, (begin + step) / images.count) };
    }
    return scores;
  }

  dispose(): void {
    [this.#describer, this.#scaling, this.#machine].forEach((part) => part.dispose());
  }
}

type Figures = { readonly trainImages: number; readonly classes: number; readonly seconds: StageSeconds };

function* describerFor(
  tf: TensorFlow,
  training: Selection,
  settings: ClassicalSettings,
): Generator<Progress, Describer> {
  switch (settings.encoding) {
    case 'grid':
      return describerOf(tf, gridDescriptor(training.images.shape, settings));
    case 'words':
      return yield* Words.learn(tf, training, settings);
    default:
      return settings.encoding satisfies never;
  }
}

function* machineOn(
  tf: TensorFlow,
  matrix: FeatureMatrix,
  counts: readonly number[],
  { svm, c, gamma }: ClassicalSettings,
): Generator<Progress, Machine> {
  try {
    switch (svm) {
      case 'linear':
        return yield* linearMachine(tf, matrix, counts.length, c);
      case 'rbf':
        return yield* rbfMachine(tf, matrix, counts, { c, gamma });
      default:
        return svm satisfies never;
    }
  } finally {
    matrix.dispose();
  }
}

/** The training images that are taken: drawn by the seed, ordered by class, as one against one needs them. */
function selectionOf(train: LabelledImages, { trainImages, seed }: ClassicalSettings): Selection {
  const all = shuffled(train.count, seed, streams.trainImages, 0);
  const drawn = all.subarray(0, Math.min(train.count, trainImages ?? train.count));
  return { images: train, order: drawn.sort((a, b) => train.labels[a]! - train.labels[b]! || a - b) };
}

function countsOf({ images, order }: Selection, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const image of order) counts[images.labels[image]!]! += 1;
  return counts;
}

function requireSense({ features, encoding }: ClassicalSettings): void {
  if (encoding === 'words' && features === 'lbp') {
    throw new ClassicalError('Words are made of HOG’s blocks: with encoding words choose the features hog or hog+lbp');
  }
}

/** On a system that keeps files in otherwise free memory, what is free says little: half of it all is usable in any case. */
function usableMemory(): number {
  return Math.max(freemem(), totalmem() / 2);
}
