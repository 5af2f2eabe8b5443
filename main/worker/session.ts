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
import { type FrameView, wholeView } from '../../shared/frame/view.ts';
import { datasetFolders } from '../../shared/dataset/known.ts';
import { NetworkError } from '../../shared/network/shapes.ts';
import type { Shape } from '../../shared/tensor/shape.ts';
import { answerTo, refusal } from './answer.ts';
import { type Dataset, DatasetError, openDataset } from './dataset/index.ts';
import { Interval } from './interval.ts';
import { Recorder } from './moments/recorder.ts';
import { Pace } from './pace.ts';
import { Refusal } from './refusal.ts';
import { Run, type Sums } from './run.ts';
import type { TensorFlow } from './tensorflow.ts';

/** No two frames of a training network are closer than this, nor than so many times what the last one took. */
const frameIntervalMillis = 33;
const frameIntervals = 8;

/** How often the curves get a point, in milliseconds. */
const reportMillis = 100;

/** Of the files that could not be used so many are named. */
const mostSkippedSaid = 100;

/** How often the layers' statistics are taken, if they are: no more often than this, and in no more than a twentieth of the time. */
const statisticsMillis = 500;
const statisticsIntervals = 19;

/** Where datasets are. */
export type Sources = {
  /** The folder that holds a folder a dataset. */
  readonly datasets: string;
  /** Images of one's own, a folder a class: what the dataset `folder` reads. */
  readonly images?: string | undefined;
  /** A folder that is the time machine's alone; without one, it keeps nothing. */
  readonly moments?: string | undefined;
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
  readonly #recorder: Recorder;
  #pace = new Pace();
  #phase: RunPhase = 'empty';
  #run: Run | null = null;
  #watched: WatchedImage | null = null;
  #view: FrameView = wholeView;
  #credits = 0;
  #frameStale = false;
  readonly #frames = new Interval(frameIntervalMillis, frameIntervals);
  #wantsStatistics = false;
  readonly #statistics = new Interval(statisticsMillis, statisticsIntervals);
  /** Scores that are being taken or wait to be: all images are put to the same weights, so that training waits. */
  #scores = 0;
  #scoring: Promise<void> = Promise.resolve();
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
    this.#recorder = new Recorder(sources.moments, emit);
  }

  /** The network as it is; null while there is none. Only for those who share this process, between its steps. */
  get run(): Run | null {
    return this.#run;
  }

  /** Takes one command; settles when it has taken effect (for `train`: begun). Never rejects: faults are events. */
  handle(command: Command): Promise<void> {
    this.#queue = this.#queue.then(() => this.#obey(command)).catch((error: unknown) => this.#fail(error));
    return this.#queue;
  }

  /** Settles when nothing is being trained any more, and what is kept of it is on the disk. */
  async idle(): Promise<void> {
    await this.#queue;
    await this.#looping;
    await this.#scoring;
    await this.#recorder.settled();
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
      case 'watch-statistics':
        this.#wantsStatistics = command.isWanted;
        if (this.#phase !== 'training') this.#sendStatistics();
        return;
      case 'freeze':
        this.#run?.freeze(command.layers);
        if (this.#phase !== 'training') this.#sendStatistics();
        return;
      case 'keep-moments':
        this.#recorder.allow(command.bytes);
        return;
      case 'protect-moments':
        this.#recorder.protect(command.ids);
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
        this.#watch(command.image, command.view);
        return;
      case 'credit':
        this.#credits = Math.min(4, this.#credits + command.frames);
        if (this.#phase !== 'training') this.#sendFrame();
        return;
      case 'read-kernels':
      case 'read-activations':
      case 'read-weights':
      case 'read-test-image':
        this.#emit(answerTo(command, this.#run));
        return;
      case 'score':
        this.#scores += 1;
        this.#scoring = this.#scoring.then(() => this.#score(command.request));
        return;
      case 'read-moment':
      case 'read-history':
        // From the disk: nothing waits for it.
        void this.#recorder.answer(command, this.#run).then(this.#emit);
        return;
      case 'write-kernel': {
        const answer = answerTo(command, this.#run);
        this.#emit(answer);
        if (answer.type === 'refused') return;
        this.#recorder.edited();
        this.#frameStale = true;
        if (this.#phase === 'training') return;
        this.#sendFrame();
        this.#sendStatistics();
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
    this.#frames.restart();
    this.#statistics.restart();
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
    this.#recorder.begin(run);
    // Said again where it was ready: fresh weights may have been written to.
    this.#phase = 'ready';
    this.#emit({ type: 'phase', phase: 'ready' });
    this.#frameStale = true;
    this.#sendFrame();
    this.#sendStatistics();
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
    this.#keepMoment(run);
    while (this.#phase === 'training' && !done()) {
      if (this.#scores > 0) {
        const waited = await this.#scored();
        tally.since += waited;
        continue;
      }
      const began = performance.now();
      const most = Math.min(run.stepsLeftInEpoch, lastStep - run.step, this.#recorder.stepsToNext(run.step));
      const steps = this.#pace.steps(this.#watching(), most);
      this.#train(run, steps, tally);
      this.#pace.measured(steps, performance.now() - began);
      if (this.#frames.isDue(began)) this.#sendFrame();
      if (this.#statistics.isDue(began)) this.#sendStatistics();
      // The moment of an epoch's end waits for its test.
      const trainedMillis = this.#trainingMillis + performance.now() - began;
      if (run.step % run.stepsPerEpoch !== 0) this.#recorder.offer(run, this.#watched, trainedMillis);
      this.#trainingMillis += performance.now() - began;
      if (performance.now() - tally.since >= reportMillis) this.#report(run, tally);
      await turn();
      if (run.step % run.stepsPerEpoch === 0) {
        this.#report(run, tally);
        await this.#evaluate(run);
        this.#recorder.offer(run, this.#watched, this.#trainingMillis);
        tally.since = performance.now();
      }
    }
    this.#report(run, tally);
    this.#sendFrame();
    if (this.#phase !== 'training') {
      this.#keepMoment(run);
      return;
    }
    // A limit may end the run within an epoch; its last epoch has been evaluated already.
    if (run.step % run.stepsPerEpoch !== 0) await this.#evaluate(run);
    this.#keepMoment(run);
    this.#finish(run);
  }

  async #stepOnce(run: Run): Promise<void> {
    if (run.step === run.totalSteps) return;
    await this.#scoring;
    this.#keepMoment(run);
    const tally = emptyTally();
    const began = performance.now();
    this.#train(run, 1, tally);
    this.#trainingMillis += performance.now() - began;
    this.#report(run, tally);
    this.#enter('paused');
    this.#sendFrame();
    this.#sendStatistics();
    if (run.step % run.stepsPerEpoch === 0) await this.#evaluate(run);
    this.#keepMoment(run);
    if (run.step === run.totalSteps) this.#finish(run);
  }

  #train(run: Run, steps: number, tally: Tally): void {
    const sums: Sums = run.train(steps);
    tally.loss += sums.loss;
    tally.right += sums.right;
    tally.images += sums.images;
    this.#recorder.trained(sums);
    this.#frameStale = true;
  }

  /** One for the time machine, whatever time it is. */
  #keepMoment(run: Run): void {
    this.#recorder.take(run, this.#watched, this.#trainingMillis);
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

  /** Waits while scores are taken, unless training ends meanwhile; how long, in milliseconds. */
  async #scored(): Promise<number> {
    const began = performance.now();
    while (this.#scores > 0 && this.#phase === 'training') await turn();
    return performance.now() - began;
  }

  /** Answers a request for a score. Commands are read between its slices, and one that ends the run ends it too. */
  async #score(request: number): Promise<void> {
    try {
      const run = this.#run;
      const requireRun = (): Run => {
        if (run && run === this.#run) return run;
        throw new Refusal('nothing-configured', 'There is no network to score, or another was built meanwhile');
      };
      const slices = requireRun().score();
      let slice = slices.next();
      while (!slice.done) {
        await turn();
        requireRun();
        slice = slices.next();
      }
      const { loss, accuracy, top5Error } = slice.value;
      const { step, testImages } = requireRun();
      this.#emit({ type: 'scored', request, step, testLoss: loss, testAccuracy: accuracy, top5Error, testImages });
    } catch (error) {
      this.#emit(refusal(request, error));
    } finally {
      this.#scores -= 1;
    }
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

  #watch(image: WatchedImage, view: FrameView): void {
    const run = this.#run;
    this.#view = view;
    this.#frames.restart();
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
    const began = performance.now();
    const bytes = run.look(this.#watched, this.#view);
    this.#credits -= 1;
    this.#frameStale = false;
    this.#frames.done(began, performance.now());
    this.#emit({ type: 'frame', step: run.step, view: this.#view, bytes });
  }

  /** How the layers stand, if somebody wants to know. */
  #sendStatistics(): void {
    const run = this.#run;
    if (!run || !this.#wantsStatistics) return;
    const began = performance.now();
    const layers = run.statistics();
    this.#statistics.done(began, performance.now());
    this.#emit({ type: 'statistics', step: run.step, layers });
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
