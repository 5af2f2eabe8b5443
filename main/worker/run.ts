import { createHash } from 'node:crypto';
import { freemem } from 'node:os';
import type { HyperParameters, LayerStatistics, RunSettings, WatchedImage } from '../../shared/contract.ts';
import type { FrameView, MapView } from '../../shared/frame/view.ts';
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
import { readStatistics } from './graph/statistics.ts';
import { type FilterWeights, Kernels } from './kernels.ts';
import { Looks } from './looks.ts';
import { Plateau } from './plateau.ts';
import { Refusal } from './refusal.ts';
import type { TensorFlow } from './tensorflow.ts';
import { towersSharing } from './threading.ts';
import { WatchedImages } from './watched-images.ts';
import { type NamedTensor, Weights } from './weights.ts';

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
  readonly #looks: Looks;
  readonly #images: WatchedImages;
  readonly #weights: Weights;
  readonly #towers: number;
  readonly #test: LabelledImages;
  readonly #classes: readonly string[];
  #settings: RunSettings;
  #plateau: Plateau;
  #step = 0;
  /** The epoch whose order is in the graph; −1 for none. */
  #orderedEpoch = -1;
  #tested = untested;
  /** How often weights came by another way than training. */
  #writes = 0;
  #frozen: ReadonlySet<string> = new Set();
  #isEdited = false;

  private constructor(
    graph: NativeGraph,
    network: NetworkTrace,
    { train, test, classes, skipped }: Dataset,
    settings: RunSettings,
    towers: number,
  ) {
    this.trace = network;
    this.#towers = towers;
    this.trainImages = train.count;
    this.testImages = test.count;
    this.stepsPerEpoch = Math.floor(train.count / settings.hyperParameters.batch);
    this.skipped = skipped;
    this.#graph = graph;
    this.#kernels = new Kernels(graph, network);
    this.#looks = new Looks(graph, network);
    this.#images = new WatchedImages(network, test);
    this.#weights = new Weights(graph, network);
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
    const shared = towersSharing(batch, towers);
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
        towers: shared,
        imageShape: train.shape,
        trainImages: train.count,
        testImages: test.count,
      }),
    );
    graph.call('load_train', residentFeed(train));
    graph.call('load_test', residentFeed(test));
    return new Run(graph, network, dataset, settings, shared);
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

  /** The layers whose weights stay as they are. */
  get frozen(): readonly string[] {
    return [...this.#frozen];
  }

  /** Whether weights were written by hand since they were fresh: the settings alone do not give them. */
  get isEdited(): boolean {
    return this.#isEdited;
  }

  /** Fresh weights, nothing trained. */
  reset(): void {
    this.#isEdited = false;
    this.#graph.call('initialise', { seed: this.#settings.hyperParameters.seed });
    this.#step = 0;
    this.#orderedEpoch = -1;
    this.#writes += 1;
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
    const frozen = this.#frozenTensors();
    const feeds = { ...this.#place(), learningRates: this.#learningRates(steps), momentum, weightDecay, frozen };
    const { sums } = this.#graph.call('train', feeds);
    this.#step += steps;
    return { loss: sums![0]!, right: sums![1]!, images: steps * batch };
  }

  /**
   * The layers whose weights stay from the next step on, with what the optimiser remembers of them; all others learn as they would.
   * What batch normalisation keeps of its moments is no weight and goes on. Names of no layer mean nothing.
   */
  freeze(layers: readonly string[]): void {
    this.#frozen = new Set(layers);
  }

  /** How the layers stand in the step that would come next; changes nothing. */
  statistics(): LayerStatistics[] {
    const { batch, momentum, weightDecay } = this.#settings.hyperParameters;
    const [learningRate = 0] = this.#learningRates(1);
    const { numbers } = this.#graph.call('statistics', { ...this.#place(), learningRate, momentum, weightDecay });
    return readStatistics(this.trace, numbers as Float32Array, {
      batch,
      towers: this.#towers,
      isFrozen: (layer) => this.#frozen.has(layer),
    });
  }

  /** Goes through the test images at an epoch's end, as `score` does; `tested` tells the result, and schedules go by it. */
  *evaluate(): Generator<void> {
    this.#tested = yield* this.score();
    this.#plateau.tested(1 - this.#tested.accuracy);
  }

  /** Puts all test images to the network, a slice at a time, so that commands can be read in between; nothing else learns of the result. */
  *score(): Generator<void, TestResult> {
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
    return { loss, accuracy, top5Error: 1 - top5 };
  }

  /** What the network says of an image that it `fits`, as `frameLayout` lays out this view of it. */
  look(image: WatchedImage, view: FrameView): Uint8Array<ArrayBuffer> {
    return this.#looks.frame(this.#images.of(image), view);
  }

  /**
   * What a layer, or `input`, gives for an image; HWC or [units].
   * @throws Refusal
   */
  readActivations(image: WatchedImage, layer: string, of: MapView): ReturnType<Looks['activations']> {
    if (!this.fits(image)) {
      throw new Refusal('no-such-image', 'There is no such test image, or the drawing is not of the network’s size');
    }
    return this.#looks.activations(this.#images.of(image), layer, of);
  }

  /** Whether this network can look at the image. */
  fits(image: WatchedImage): boolean {
    return this.#images.fit(image);
  }

  /** The true class of what is looked at; null where it has none, or not one. */
  labelOf(image: WatchedImage): number | null {
    return this.#images.labelOf(image);
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
    this.#isEdited = true;
  }

  /**
   * A layer's weights, and batch normalisation's moments; of one filter, unit or channel without the last axis.
   * @throws Refusal
   */
  readWeights(layer: string, unit: number | null): NamedTensor[] {
    return this.#weights.read(layer, unit);
  }

  /** All that the network has learned, as `LAYER/tensor` in layer order: weights, and batch normalisation's moments. */
  exportTensors(): Generator<NamedTensor> {
    return this.#weights.all();
  }

  /**
   * Goes on from what `exportTensors` gave after `step` steps; the optimiser remembers nothing.
   * @throws Refusal, and all stays as it was, where a tensor is missing or has another shape.
   */
  importTensors(tensors: readonly NamedTensor[], step: number): void {
    const load = this.#weights.loader(tensors);
    this.reset();
    load();
    this.#step = step;
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

  /** 1 for each weight tensor that stays. */
  #frozenTensors(): Int32Array {
    const { layers } = this.trace;
    return Int32Array.from(
      layers.flatMap(({ spec, weights }) => weights.map(() => (this.#frozen.has(spec.name) ? 1 : 0))),
    );
  }

  #learningRates(steps: number): Float32Array {
    const { learningRate, schedule, epochs } = this.#settings.hyperParameters;
    const { stepsPerEpoch } = this;
    const plateauDrops = this.#plateau.drops;
    return Float32Array.from({ length: steps }, (_, ahead) =>
      learningRateAt(schedule, learningRate, { step: this.#step + ahead, stepsPerEpoch, epochs, plateauDrops }),
    );
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
