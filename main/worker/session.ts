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
import { datasetFolders } from '../../shared/dataset/known.ts';
import { NetworkError } from '../../shared/network/shapes.ts';
import type { Shape } from '../../shared/tensor/shape.ts';
import { answerTo } from './answer.ts';
import { type Dataset, DatasetError, openDataset } from './dataset/index.ts';
import { Pace } from './pace.ts';
import { Run, type Sums } from './run.ts';
import type { TensorFlow } from './tensorflow.ts';

/** No two frames of a training network are closer than this. */
const frameIntervalMillis = 33;

/** How often the curves get a point, in milliseconds. */
const reportMillis = 100;

/** Of the files that could not be used so many are named. */
const mostSkippedSaid = 100;

/** How often gradients are looked at, if they are. */
const gradientMillis = 500;

/** Where datasets are. */
export type Sources = {
  /** The folder that holds a folder a dataset. */
  readonly datasets: string;
  /** Images of one's own, a folder a class: what the dataset `folder` reads. */
  readonly images?: string | undefined;
};

/** What ends a run before its last epoch. */
type Limit = { readonly steps?: number | undefined; readonly seconds?: number | undefined };

/** Sums since the last report. */
type Tally = { loss: number; right: number; images: number; since: number };

/**
 * One network being trained, and what is said of it: takes the contract's commands, gives its events.
 *
 * TensorFlow blocks the thread, so commands are read between calls; `Pace` keeps each call short. Between two calls weights are read and
 * written too: nobody ever sees those of half a step.
 */
export class Session {
  readonly #tf: TensorFlow;
  readonly #device: Device;
  readonly #sources: Sources;
  readonly #emit: (event: WorkerEvent) => void;
  #pace = new Pace();
  #phase: RunPhase = 'empty';
  #run: Run | null = null;
  #watched: WatchedImage | null = null;
  #credits = 0;
  #frameStale = false;
  #lastFrameAt = -Infinity;
  #wantsGradients = false;
  #gradientsAt = -Infinity;
  /** Wall-clock of training calls and frames since the weights were fresh, without evaluations and pauses. */
  #trainingMillis = 0;
  #lastLoss = NaN;
  #looping: Promise<void> | null = null;
  /** Commands run one after another: a configure that reads files must not be overtaken by the train after it. */
  #queue: Promise<void> = Promise.resolve();

  /** @param emit gets every event; a frame's bytes are its own. */
  constructor(tf: TensorFlow, device: Device, sources: Sources, emit: (event: WorkerEvent) => void) {
    this.#tf = tf;
    this.#device = device;
    this.#sources = sources;
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
      case 'adjust':
        // What is left out of a change comes as undefined.
        this.#run?.adjust(definedOf(command.change));
        return;
      case 'watch-gradients':
        this.#wantsGradients = command.isWanted;
        if (this.#phase !== 'training') this.#sendGradients();
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
      case 'read-kernels':
      case 'read-test-image':
        this.#emit(answerTo(command, this.#run));
        return;
      case 'write-kernel': {
        const answer = answerTo(command, this.#run);
        this.#emit(answer);
        if (answer.type === 'refused') return;
        this.#frameStale = true;
        if (this.#phase === 'training') return;
        this.#sendFrame();
        this.#sendGradients();
        return;
      }
      default:
        return command satisfies never;
    }
  }

  async #configure(settings: RunSettings): Promise<void> {
    this.#enter('preparing');
    this.#run?.dispose();
    this.#run = null;
    const open = (dataset: RunSettings['dataset'], input: Shape): Promise<Dataset> =>
      openDataset(dataset, this.#folderOf(dataset), input);
    const run = await Run.build(this.#tf, this.#device.towers, settings, open);
    this.#run = run;
    this.#emit({
      type: 'configured',
      settings,
      trainImages: run.trainImages,
      testImages: run.testImages,
      stepsPerEpoch: run.stepsPerEpoch,
      skipped: run.skipped.slice(0, mostSkippedSaid),
    });
    if (this.#watched && !run.fits(this.#watched)) this.#watched = null;
    this.#reset(run);
  }

  #folderOf(dataset: RunSettings['dataset']): string {
    const { datasets, images } = this.#sources;
    if (dataset !== 'folder') return join(datasets, datasetFolders[dataset]);
    if (images) return images;
    throw new DatasetError(
      'dataset-missing',
      'folder',
      'No folder of images was given: name one, with a folder in it for each class',
    );
  }

  /** Fresh weights, nothing trained. */
  #reset(run: Run): void {
    run.reset();
    this.#trainingMillis = 0;
    this.#lastLoss = NaN;
    this.#pace = new Pace();
    // Said again where it was ready: fresh weights may have been written to.
    this.#phase = 'ready';
    this.#emit({ type: 'phase', phase: 'ready' });
    this.#frameStale = true;
    this.#sendFrame();
    this.#sendGradients();
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
      const most = Math.min(run.stepsLeftInEpoch, lastStep - run.step);
      const steps = this.#pace.steps(this.#watching(), most);
      this.#train(run, steps, tally);
      this.#pace.measured(steps, performance.now() - began);
      if (began - this.#lastFrameAt >= frameIntervalMillis) this.#sendFrame();
      if (began - this.#gradientsAt >= gradientMillis) this.#sendGradients();
      this.#trainingMillis += performance.now() - began;
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
    this.#trainingMillis += performance.now() - began;
    this.#report(run, tally);
    this.#enter('paused');
    this.#sendFrame();
    this.#sendGradients();
    if (run.step % run.stepsPerEpoch === 0) await this.#evaluate(run);
    if (run.step === run.totalSteps) this.#finish(run);
  }

  #train(run: Run, steps: number, tally: Tally): void {
    const sums: Sums = run.train(steps);
    tally.loss += sums.loss;
    tally.right += sums.right;
    tally.images += sums.images;
    this.#frameStale = true;
  }

  #report(run: Run, tally: Tally): void {
    if (tally.images === 0) return;
    const imagesPerSecond = (tally.images / (performance.now() - tally.since)) * 1000;
    const secondsPerStep = run.settings.hyperParameters.batch / imagesPerSecond;
    this.#lastLoss = tally.loss / tally.images;
    this.#emit({
      type: 'stepped',
      step: run.step,
      loss: this.#lastLoss,
      accuracy: tally.right / tally.images,
      imagesPerSecond,
      epoch: Math.floor((run.step - 1) / run.stepsPerEpoch),
      secondsLeftInEpoch: (run.stepsLeftInEpoch % run.stepsPerEpoch) * secondsPerStep,
      secondsLeft: (run.totalSteps - run.step) * secondsPerStep,
    });
    Object.assign(tally, emptyTally());
  }

  async #evaluate(run: Run): Promise<void> {
    const slices = run.evaluate();
    while (!slices.next().done) await turn();
    const { loss, accuracy, top5Error } = run.tested;
    this.#emit({
      type: 'evaluated',
      step: run.step,
      epoch: run.step / run.stepsPerEpoch,
      testLoss: loss,
      testAccuracy: accuracy,
      top5Error,
      testImages: run.testImages,
    });
  }

  #finish(run: Run): void {
    const { loss, accuracy, top5Error } = run.tested;
    this.#emit({
      type: 'finished',
      step: run.step,
      trainLoss: this.#lastLoss,
      testLoss: loss,
      testAccuracy: accuracy,
      top5Error,
      imagesPerSecond: ((run.step * run.settings.hyperParameters.batch) / this.#trainingMillis) * 1000,
      weightsSha256: run.weightsSha256(),
    });
    this.#enter('finished');
  }

  #watch(image: WatchedImage): void {
    const run = this.#run;
    this.#watched = !run || run.fits(image) ? image : null;
    if (run && this.#watched) this.#emit({ type: 'watched', image, label: run.labelOf(image) });
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
    const bytes = run.look(this.#watched);
    this.#credits -= 1;
    this.#frameStale = false;
    this.#lastFrameAt = performance.now();
    this.#emit({ type: 'frame', step: run.step, bytes });
  }

  /** The gradients' norms, if somebody wants them. */
  #sendGradients(): void {
    const run = this.#run;
    if (!run || !this.#wantsGradients) return;
    this.#gradientsAt = performance.now();
    this.#emit({ type: 'gradients', step: run.step, norms: run.gradientNorms() });
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

/** The same without what is undefined. */
function definedOf<T extends object>(change: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

function fault(error: unknown): { code: FailureCode; subject: string } {
  if (error instanceof DatasetError) return { code: error.code, subject: error.file };
  if (error instanceof NetworkError) return { code: 'network-invalid', subject: error.layer };
  return { code: 'native', subject: 'TensorFlow' };
}
