import { createHash } from 'node:crypto';
import { freemem } from 'node:os';
import type { HyperParameters, RunSettings, WatchedImage } from '../../shared/contract.ts';
import { requireMemory } from '../../shared/network/memory.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { NetworkError, type NetworkTrace, trace } from '../../shared/network/shapes.ts';
import { shuffled } from '../../shared/random/shuffle.ts';
import { type Shape, sizeOf } from '../../shared/tensor/shape.ts';
import { learningRateAt } from '../../shared/training/schedule.ts';
import { augmentationFor } from './augmentation.ts';
import type { Dataset, LabelledImages, SkippedFile } from './dataset/dataset.ts';
import { compile } from './graph/compile.ts';
import { NativeGraph } from './graph/native.ts';
import { type FilterWeights, Kernels } from './kernels.ts';
import { Plateau } from './plateau.ts';
import { Refusal } from './refusal.ts';
import type { TensorFlow } from './tensorflow.ts';
import { towersSharing } from './threading.ts';

/** What a seed is used for outside the graph: each use draws from a stream of its own. */
const streams = { order: 0 } as const;

/** Multiplications and additions an evaluation call takes: short enough that a command never waits long. */
const flopsInSlice = 3e10;
const mostImagesInSlice = 1000;

/** Share of the free memory that a run may plan with. */
const usableMemory = 0.9;

/** Sums over images. */
export type Sums = { readonly loss: number; readonly right: number; readonly images: number };

export type TestResult = { readonly loss: number; readonly accuracy: number; readonly top5Error: number };

const untested: TestResult = { loss: NaN, accuracy: NaN, top5Error: NaN };

/** A test image as the dataset holds it. */
export type TestImage = {
  /** HWC. */
  readonly shape: Shape;
  /** Bytes, row by row; they own their buffer. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
  /** null where the dataset has no name for the class. */
  readonly className: string | null;
};

/** One network with its data in a native graph, and how far its training is. */
export class Run {
  readonly trace: NetworkTrace;
  readonly trainImages: number;
  readonly testImages: number;
  readonly stepsPerEpoch: number;
  /** Files of the dataset that could not be used. */
  readonly skipped: readonly SkippedFile[];
  readonly #graph: NativeGraph;
  readonly #kernels: Kernels;
  readonly #test: LabelledImages;
  readonly #classes: readonly string[];
  #settings: RunSettings;
  #plateau: Plateau;
  #step = 0;
  /** The epoch whose order is in the graph; −1 for none. */
  #orderedEpoch = -1;
  #tested = untested;
  /** How often weights were written by hand. */
  #writes = 0;

  private constructor(
    graph: NativeGraph,
    network: NetworkTrace,
    { train, test, classes, skipped }: Dataset,
    settings: RunSettings,
  ) {
    this.trace = network;
    this.trainImages = train.count;
    this.testImages = test.count;
    this.stepsPerEpoch = Math.floor(train.count / settings.hyperParameters.batch);
    this.skipped = skipped;
    this.#graph = graph;
    this.#kernels = new Kernels(graph, network);
    this.#test = test;
    this.#classes = classes;
    this.#settings = settings;
    this.#plateau = new Plateau(settings.hyperParameters.schedule);
  }

  /**
   * Builds what `settings` ask for.
   *
   * @param open reads a dataset as a network with this input takes it.
   * @throws NetworkError, or what `open` throws.
   */
  static async build(
    tf: TensorFlow,
    towers: number,
    settings: RunSettings,
    open: (dataset: RunSettings['dataset'], input: Shape) => Promise<Dataset>,
  ): Promise<Run> {
    const { batch, optimiser, augmentation } = settings.hyperParameters;
    const network = trace(presets[settings.network.preset].choose(settings.network.switches).network);
    requireMemory(network, { batch, optimiser }, freemem() * usableMemory);
    const dataset = await open(settings.dataset, network.spec.input);
    const { train, test, colours } = dataset;
    requireData(network, dataset, batch);
    const graph = NativeGraph.load(
      tf,
      compile({
        trace: network,
        optimiser,
        augmentation: augmentationFor(augmentation, {
          stored: train.shape,
          input: network.spec.input,
          pixels: network.spec.pixels,
          colours,
        }),
        batch,
        towers: towersSharing(batch, towers),
        imageShape: train.shape,
        trainImages: train.count,
        testImages: test.count,
      }),
    );
    graph.call('load_train', residentFeed(train));
    graph.call('load_test', residentFeed(test));
    return new Run(graph, network, dataset, settings);
  }

  get settings(): RunSettings {
    return this.#settings;
  }

  /** Steps done. */
  get step(): number {
    return this.#step;
  }

  get totalSteps(): number {
    return this.stepsPerEpoch * this.#settings.hyperParameters.epochs;
  }

  get stepsLeftInEpoch(): number {
    return this.stepsPerEpoch - (this.#step % this.stepsPerEpoch);
  }

  /** What the last evaluation found; not-a-numbers before the first. */
  get tested(): TestResult {
    return this.#tested;
  }

  /** Fresh weights, nothing trained. */
  reset(): void {
    this.#graph.call('initialise', { seed: this.#settings.hyperParameters.seed });
    this.#step = 0;
    this.#orderedEpoch = -1;
    this.#tested = untested;
    this.#plateau = new Plateau(this.#settings.hyperParameters.schedule);
  }

  /** Changes what may change between steps. */
  adjust(change: Partial<HyperParameters>): void {
    this.#settings = { ...this.#settings, hyperParameters: { ...this.#settings.hyperParameters, ...change } };
    if (change.schedule) this.#plateau = new Plateau(change.schedule);
  }

  /** Takes `steps` steps, at most those left in the epoch. */
  train(steps: number): Sums {
    const { batch, momentum, weightDecay } = this.#settings.hyperParameters;
    const feeds = { ...this.#place(), learningRates: this.#learningRates(steps), momentum, weightDecay };
    const { sums } = this.#graph.call('train', feeds);
    this.#step += steps;
    return { loss: sums![0]!, right: sums![1]!, images: steps * batch };
  }

  /** Norms of the gradients of the step that would come next, by weight tensor. */
  gradientNorms(): { layer: string; weight: string; norm: number }[] {
    const { norms } = this.#graph.call('gradients', this.#place());
    const names = this.trace.layers.flatMap(({ spec, weights }) =>
      weights.map(({ name }) => ({ layer: spec.name, weight: name })),
    );
    return names.map((name, index) => ({ ...name, norm: norms![index]! }));
  }

  /** Goes through the test images a slice at a time, so that commands can be read in between; `tested` tells the result. */
  *evaluate(): Generator<void> {
    const slice = Math.max(1, Math.min(mostImagesInSlice, Math.floor(flopsInSlice / Math.max(1, this.trace.flops))));
    let [totals, writes] = [[0, 0, 0], this.#writes];
    for (let begin = 0; begin < this.testImages; begin += slice) {
      // All images are put to the same weights.
      if (writes !== this.#writes) [begin, totals, writes] = [0, [0, 0, 0], this.#writes];
      const { sums } = this.#graph.call('evaluate', { begin, end: Math.min(this.testImages, begin + slice) });
      totals.forEach((total, index) => (totals[index] = total + sums![index]!));
      yield;
    }
    const [loss = NaN, accuracy = NaN, top5 = NaN] = totals.map((total) => total / this.testImages);
    this.#tested = { loss, accuracy, top5Error: 1 - top5 };
    this.#plateau.tested(1 - accuracy);
  }

  /** The frame of one image. */
  look(image: WatchedImage): Uint8Array<ArrayBuffer> {
    const { words } = this.#graph.call('look', { pixels: this.#pixelsOf(image) });
    return new Uint8Array(words!.buffer as ArrayBuffer);
  }

  /** Whether this network can look at the image. */
  fits(image: WatchedImage): boolean {
    return image.source === 'test'
      ? image.index < this.testImages
      : image.pixels.length === sizeOf(this.trace.spec.input);
  }

  /** The true class of a test image; null for a drawn one. */
  labelOf(image: WatchedImage): number | null {
    return image.source === 'test' ? (this.#test.labels[image.index] ?? null) : null;
  }

  /**
   * The kernels of a convolution as they are now, HWIO.
   * @throws Refusal
   */
  readKernels(layer: string): ReturnType<Kernels['read']> {
    return this.#kernels.read(layer);
  }

  /**
   * Other weights for one filter of a convolution; the step, all other weights and what the optimiser remembers stay.
   * @throws Refusal
   */
  writeKernel(filter: FilterWeights): void {
    this.#kernels.write(filter);
    this.#writes += 1;
  }

  /** @throws Refusal */
  testImage(index: number): TestImage {
    if (index >= this.testImages) {
      throw new Refusal(
        'no-such-image',
        `There is no test image ${index}: they count from 0 to ${this.testImages - 1}`,
      );
    }
    const { shape, pixels, labels } = this.#test;
    const size = sizeOf(shape);
    const label = labels[index]!;
    return {
      shape,
      pixels: pixels.slice(index * size, (index + 1) * size),
      label,
      className: this.#classes[label] ?? null,
    };
  }

  /** Hex SHA-256 of all weights in layer order, float32 little-endian. */
  weightsSha256(): string {
    const { weights } = this.#graph.call('weights', {});
    const { buffer, byteOffset, byteLength } = weights!;
    return createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('hex');
  }

  dispose(): void {
    this.#graph.dispose();
  }

  /** Where the next step is, its epoch's order being in the graph. */
  #place(): { position: number; step: number; seed: number } {
    const { batch, seed } = this.#settings.hyperParameters;
    const epoch = Math.floor(this.#step / this.stepsPerEpoch);
    if (this.#orderedEpoch !== epoch) {
      this.#graph.call('order', { indices: shuffled(this.trainImages, seed, streams.order, epoch) });
      this.#orderedEpoch = epoch;
    }
    return { position: (this.#step % this.stepsPerEpoch) * batch, step: this.#step, seed };
  }

  #learningRates(steps: number): Float32Array {
    const { learningRate, schedule, epochs } = this.#settings.hyperParameters;
    const { stepsPerEpoch } = this;
    const plateauDrops = this.#plateau.drops;
    return Float32Array.from({ length: steps }, (_, ahead) =>
      learningRateAt(schedule, learningRate, { step: this.#step + ahead, stepsPerEpoch, epochs, plateauDrops }),
    );
  }

  /** As the network reads them: from the middle of an image that is stored larger. */
  #pixelsOf(image: WatchedImage): Int32Array {
    if (image.source === 'drawn') return Int32Array.from(image.pixels);
    const [rows = 0, columns = 0, channels = 0] = this.#test.shape;
    const [height, width] = this.trace.spec.input;
    const [top, left] = [Math.floor((rows - height) / 2), Math.floor((columns - width) / 2)];
    const start = image.index * rows * columns * channels;
    const pixels = new Int32Array(height * width * channels);
    for (let row = 0; row < height; row += 1) {
      const from = start + ((top + row) * columns + left) * channels;
      pixels.set(this.#test.pixels.subarray(from, from + width * channels), row * width * channels);
    }
    return pixels;
  }
}

function requireData(network: NetworkTrace, { train, classes }: Dataset, batch: number): void {
  if (train.count < batch) {
    throw new NetworkError(
      network.spec.id,
      `A batch of ${batch} needs as many training images; there are ${train.count}`,
    );
  }
  if (classes.length > network.classes) {
    throw new NetworkError(
      network.spec.id,
      `It tells ${network.classes} classes apart, and the dataset has ${classes.length}: choose another dataset or network`,
    );
  }
}

function residentFeed({ pixels, labels }: LabelledImages): { words: Int32Array; labels: Int32Array } {
  const isAligned = pixels.byteOffset % 4 === 0 && pixels.length % 4 === 0;
  const labelNumbers = Int32Array.from(labels);
  if (isAligned) {
    return { words: new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length / 4), labels: labelNumbers };
  }
  const words = new Int32Array(Math.ceil(pixels.length / 4));
  new Uint8Array(words.buffer).set(pixels);
  return { words, labels: labelNumbers };
}
