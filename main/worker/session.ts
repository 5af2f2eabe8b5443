import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type {
  Command,
  Device,
  FailureCode,
  RunPhase,
  RunSettings,
  WatchedImage,
  WorkerEvent,
} from '../../shared/contract.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { NetworkError, trace } from '../../shared/network/shapes.ts';
import { shuffled } from '../../shared/random/shuffle.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import { type Dataset, DatasetError, type LabelledImages } from './dataset/dataset.ts';
import { readMnist } from './dataset/mnist.ts';
import { compile } from './graph/compile.ts';
import { NativeGraph } from './graph/native.ts';
import { Pace } from './pace.ts';
import type { TensorFlow } from './tensorflow.ts';

/** What a seed is used for: each use draws from a stream of its own. */
const streams = { order: 0 } as const;

/** Test images an evaluation call takes: short enough that a command never waits long. */
const evaluationSlice = 1000;

/** No two frames of a training network are closer than this. */
const frameIntervalMillis = 33;

/** How often the curves get a point, in milliseconds. */
const reportMillis = 100;

type Run = {
  readonly settings: RunSettings;
  readonly graph: NativeGraph;
  readonly dataset: Dataset;
  readonly inputSize: number;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  step: number;
  /** The epoch whose order is in the graph; −1 for none. */
  orderedEpoch: number;
  /** Wall-clock of training calls and frames, without evaluations and pauses. */
  trainingMillis: number;
  lastLoss: number;
  lastTest: { loss: number; accuracy: number };
};

/** What ends a run before its last epoch. */
type Limit = { readonly steps?: number | undefined; readonly seconds?: number | undefined };

/** Sums since the last report. */
type Tally = { loss: number; right: number; images: number; since: number };

/**
 * One network being trained, and what is said of it: takes the contract's commands, gives its events.
 *
 * TensorFlow blocks the thread, so commands are read between calls; `Pace` keeps each call short.
 */
export class Session {
  readonly #tf: TensorFlow;
  readonly #device: Device;
  readonly #datasets: string;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #pace = new Pace();
  #phase: RunPhase = 'empty';
  #run: Run | null = null;
  #watched: WatchedImage | null = null;
  #credits = 0;
  #frameStale = false;
  #lastFrameAt = -Infinity;
  #looping: Promise<void> | null = null;
  /** Commands run one after another: a configure that reads files must not be overtaken by the train after it. */
  #queue: Promise<void> = Promise.resolve();

  /**
   * @param datasets the folder that holds a folder a dataset.
   * @param emit gets every event; a frame's bytes are its own.
   */
  constructor(tf: TensorFlow, device: Device, datasets: string, emit: (event: WorkerEvent) => void) {
    this.#tf = tf;
    this.#device = device;
    this.#datasets = datasets;
    this.#emit = emit;
  }

  /** Takes one command; settles when it has taken effect (for `train`: begun). Never rejects: faults are events. */
  handle(command: Command): Promise<void> {
    this.#queue = this.#queue.then(() => this.#obey(command)).catch((error: unknown) => this.#fail(error));
    return this.#queue;
  }

  /** Settles when nothing is being trained any more. */
  async idle(): Promise<void> {
    await this.#queue;
    await this.#looping;
  }

  async #obey(command: Command): Promise<void> {
    switch (command.type) {
      case 'configure':
        await this.#halt();
        await this.#configure(command.settings);
        return;
      case 'train':
        // A pause during an evaluation lets it end first.
        if (this.#phase === 'paused') await this.#looping;
        if (this.#run && (this.#phase === 'ready' || this.#phase === 'paused')) this.#start(this.#run, command.limit);
        return;
      case 'pause':
        if (this.#phase === 'training') this.#enter('paused');
        return;
      case 'step':
        if (this.#phase === 'paused') await this.#looping;
        if (this.#run && (this.#phase === 'ready' || this.#phase === 'paused')) await this.#stepOnce(this.#run);
        return;
      case 'stop': {
        const run = this.#run;
        await this.#halt();
        if (run) this.#reset(run);
        return;
      }
      case 'watch':
        this.#watch(command.image);
        return;
      case 'credit':
        this.#credits = Math.min(4, this.#credits + command.frames);
        if (this.#phase !== 'training') this.#sendFrame();
        return;
      default:
        return command satisfies never;
    }
  }

  async #configure(settings: RunSettings): Promise<void> {
    this.#enter('preparing');
    this.#run?.graph.dispose();
    this.#run = null;
    const network = trace(presets[settings.network.preset](settings.network));
    const dataset = await readMnist(join(this.#datasets, settings.dataset));
    const { batch, epochs } = settings.hyperParameters;
    const { train, test } = dataset;
    const stepsPerEpoch = Math.floor(train.count / batch);
    const graph = await NativeGraph.load(
      this.#tf,
      compile({
        trace: network,
        batch,
        towers: towersFor(batch, this.#device),
        trainImages: train.count,
        testImages: test.count,
      }),
    );
    graph.call('load_train', residentFeed(train));
    graph.call('load_test', residentFeed(test));
    const run: Run = {
      settings,
      graph,
      dataset,
      inputSize: sizeOf(network.spec.input),
      stepsPerEpoch,
      totalSteps: stepsPerEpoch * epochs,
      step: 0,
      orderedEpoch: -1,
      trainingMillis: 0,
      lastLoss: NaN,
      lastTest: { loss: NaN, accuracy: NaN },
    };
    this.#run = run;
    this.#emit({
      type: 'configured',
      settings,
      trainImages: train.count,
      testImages: test.count,
      stepsPerEpoch,
    });
    this.#watched = fitting(this.#watched, run);
    this.#reset(run);
  }

  /** Fresh weights, nothing trained. */
  #reset(run: Run): void {
    run.graph.call('initialise', { seed: run.settings.hyperParameters.seed });
    Object.assign(run, { step: 0, orderedEpoch: -1, trainingMillis: 0, lastLoss: NaN });
    run.lastTest = { loss: NaN, accuracy: NaN };
    this.#enter('ready');
    this.#frameStale = true;
    this.#sendFrame();
  }

  async #halt(): Promise<void> {
    if (this.#phase === 'training') this.#enter('paused');
    await this.#looping;
  }

  #start(run: Run, limit: Limit = {}): void {
    this.#enter('training');
    const until = performance.now() + (limit.seconds ?? Infinity) * 1000;
    this.#looping = this.#loop(run, Math.min(run.totalSteps, run.step + (limit.steps ?? Infinity)), until)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#looping = null;
      });
  }

  async #loop(run: Run, lastStep: number, until: number): Promise<void> {
    const tally = emptyTally();
    const done = (): boolean => run.step >= lastStep || performance.now() >= until;
    while (this.#phase === 'training' && !done()) {
      const began = performance.now();
      const most = Math.min(this.#stepsLeftInEpoch(run), lastStep - run.step);
      const steps = this.#pace.steps(this.#watching(), most);
      this.#train(run, steps, tally);
      this.#pace.measured(steps, performance.now() - began);
      if (began - this.#lastFrameAt >= frameIntervalMillis) this.#sendFrame();
      run.trainingMillis += performance.now() - began;
      if (performance.now() - tally.since >= reportMillis) this.#report(run, tally);
      await turn();
      if (run.step % run.stepsPerEpoch === 0) {
        this.#report(run, tally);
        await this.#evaluate(run);
        tally.since = performance.now();
      }
    }
    this.#report(run, tally);
    this.#sendFrame();
    if (this.#phase !== 'training') return;
    // A limit may end the run within an epoch; its last epoch has been evaluated already.
    if (run.step % run.stepsPerEpoch !== 0) await this.#evaluate(run);
    this.#finish(run);
  }

  async #stepOnce(run: Run): Promise<void> {
    if (run.step === run.totalSteps) return;
    const tally = emptyTally();
    const began = performance.now();
    this.#train(run, 1, tally);
    run.trainingMillis += performance.now() - began;
    this.#report(run, tally);
    this.#enter('paused');
    this.#sendFrame();
    if (run.step % run.stepsPerEpoch === 0) await this.#evaluate(run);
    if (run.step === run.totalSteps) this.#finish(run);
  }

  #stepsLeftInEpoch(run: Run): number {
    return run.stepsPerEpoch - (run.step % run.stepsPerEpoch);
  }

  #train(run: Run, steps: number, tally: Tally): void {
    const { batch, seed, learningRate, momentum } = run.settings.hyperParameters;
    const epoch = Math.floor(run.step / run.stepsPerEpoch);
    if (run.orderedEpoch !== epoch) {
      run.graph.call('order', { indices: shuffled(run.dataset.train.count, seed, streams.order, epoch) });
      run.orderedEpoch = epoch;
    }
    const position = (run.step % run.stepsPerEpoch) * batch;
    const { sums } = run.graph.call('train', { position, count: steps, learningRate, momentum });
    run.step += steps;
    tally.loss += sums![0]!;
    tally.right += sums![1]!;
    tally.images += steps * batch;
    this.#frameStale = true;
  }

  #report(run: Run, tally: Tally): void {
    if (tally.images === 0) return;
    const imagesPerSecond = (tally.images / (performance.now() - tally.since)) * 1000;
    const secondsPerStep = run.settings.hyperParameters.batch / imagesPerSecond;
    run.lastLoss = tally.loss / tally.images;
    this.#emit({
      type: 'stepped',
      step: run.step,
      loss: run.lastLoss,
      accuracy: tally.right / tally.images,
      imagesPerSecond,
      epoch: Math.floor((run.step - 1) / run.stepsPerEpoch),
      secondsLeftInEpoch: (this.#stepsLeftInEpoch(run) % run.stepsPerEpoch) * secondsPerStep,
      secondsLeft: (run.totalSteps - run.step) * secondsPerStep,
    });
    Object.assign(tally, emptyTally());
  }

  async #evaluate(run: Run): Promise<void> {
    const { count } = run.dataset.test;
    let loss = 0;
    let right = 0;
    for (let begin = 0; begin < count; begin += evaluationSlice) {
      const { sums } = run.graph.call('evaluate', { begin, end: Math.min(count, begin + evaluationSlice) });
      loss += sums![0]!;
      right += sums![1]!;
      await turn();
    }
    run.lastTest = { loss: loss / count, accuracy: right / count };
    this.#emit({
      type: 'evaluated',
      step: run.step,
      epoch: run.step / run.stepsPerEpoch,
      testLoss: run.lastTest.loss,
      testAccuracy: run.lastTest.accuracy,
      testImages: count,
    });
  }

  #finish(run: Run): void {
    const { weights } = run.graph.call('weights', {});
    this.#emit({
      type: 'finished',
      step: run.step,
      trainLoss: run.lastLoss,
      testLoss: run.lastTest.loss,
      testAccuracy: run.lastTest.accuracy,
      imagesPerSecond: ((run.step * run.settings.hyperParameters.batch) / run.trainingMillis) * 1000,
      weightsSha256: sha256(weights as Float32Array),
    });
    this.#enter('finished');
  }

  #watch(image: WatchedImage): void {
    const run = this.#run;
    this.#watched = run ? fitting(image, run) : image;
    if (run && this.#watched) {
      const label = image.source === 'test' ? (run.dataset.test.labels[image.index] ?? null) : null;
      this.#emit({ type: 'watched', image, label });
    }
    this.#frameStale = true;
    if (this.#phase !== 'training') this.#sendFrame();
  }

  #watching(): boolean {
    return this.#watched !== null && this.#credits > 0;
  }

  /** One frame, if there is something new to show and the view can take it. */
  #sendFrame(): void {
    const run = this.#run;
    if (!run || !this.#watched || this.#credits === 0 || !this.#frameStale) return;
    const { words } = run.graph.call('look', { pixels: pixelsOf(this.#watched, run) });
    this.#credits -= 1;
    this.#frameStale = false;
    this.#lastFrameAt = performance.now();
    this.#emit({ type: 'frame', step: run.step, bytes: new Uint8Array(words!.buffer) });
  }

  #enter(phase: RunPhase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#emit({ type: 'phase', phase });
  }

  #fail(error: unknown): void {
    const { code, subject } = fault(error);
    this.#emit({ type: 'failed', code, message: error instanceof Error ? error.message : String(error), subject });
    this.#enter(this.#run ? 'paused' : 'empty');
  }
}

/** Lets messages in: TensorFlow's calls are synchronous. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function emptyTally(): Tally {
  return { loss: 0, right: 0, images: 0, since: performance.now() };
}

/** As many towers as threads, if they can share the batch equally; else the largest half, quarter … that can. */
function towersFor(batch: number, device: Device): number {
  if (device.device === 'gpu') return 1;
  let towers = device.threads;
  while (batch % towers !== 0) towers /= 2;
  return towers;
}

function residentFeed({ pixels, labels }: LabelledImages): { words: Int32Array; labels: Int32Array } {
  const words = new Int32Array(Math.ceil(pixels.length / 4));
  new Uint8Array(words.buffer).set(pixels);
  return { words, labels: Int32Array.from(labels) };
}

/** The image, if this run's network can look at it. */
function fitting(image: WatchedImage | null, run: Run): WatchedImage | null {
  if (!image) return null;
  const fits = image.source === 'test' ? image.index < run.dataset.test.count : image.pixels.length === run.inputSize;
  return fits ? image : null;
}

function pixelsOf(image: WatchedImage, run: Run): Int32Array {
  if (image.source === 'drawn') return Int32Array.from(image.pixels);
  const start = image.index * run.inputSize;
  return Int32Array.from(run.dataset.test.pixels.subarray(start, start + run.inputSize));
}

function sha256(weights: Float32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength))
    .digest('hex');
}

function fault(error: unknown): { code: FailureCode; subject: string } {
  if (error instanceof DatasetError) return { code: error.code, subject: error.file };
  if (error instanceof NetworkError) return { code: 'network-invalid', subject: error.layer };
  return { code: 'native', subject: 'TensorFlow' };
}
