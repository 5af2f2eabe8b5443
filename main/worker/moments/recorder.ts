import type { Answer, Moment, Request, WatchedImage, WorkerEvent } from '../../../shared/contract.ts';
import { type FrameLayout, frameLayout } from '../../../shared/frame/layout.ts';
import { wholeView } from '../../../shared/frame/view.ts';
import { Refusal } from '../refusal.ts';
import type { Run, Sums } from '../run.ts';
import { isEarlyStep, isTimeForMoment, nextEarlyStep } from './cadence.ts';
import { momentHeader } from './moment-file.ts';
import { type Change, MomentStore } from './moment-store.ts';

/** What the time machine keeps on the disk unless it is told otherwise. */
const usualBudget = 256 * 2 ** 20;

/** An answer is no larger. */
const mostHistoryBytes = 256 * 2 ** 20;

/** Of frames that wait for the disk; where it is that much slower than training, moments are left out. */
const mostWaitingBytes = 32 * 2 ** 20;

/** What is kept where nobody watches. */
const firstTestImage: WatchedImage = { source: 'test', index: 0 };

export type MomentRequest = Extract<Request, { type: 'read-moment' | 'read-history' }>;

/**
 * The time machine: keeps frames of a run in training, and gives them back.
 *
 * A frame is taken between two steps and handed to the store, which writes while training goes on; nothing here changes a weight or
 * spends a credit.
 */
export class Recorder {
  readonly #store: MomentStore | null;
  readonly #emit: (event: WorkerEvent) => void;
  #layout: FrameLayout | null = null;
  /** Never used twice. */
  #nextId = 0;
  /** The newest moment; null where nothing is kept of the run yet. */
  #last: Moment | null = null;
  #lastAt = -Infinity;
  /** Whether the weights have changed since. */
  #isStale = true;
  #sums: Sums = noSums;
  #spentMillis = 0;
  #costMillis = 0;
  #waitingBytes = 0;
  #trouble: string | null = null;
  #telling: Promise<void> = Promise.resolve();

  /** @param folder of the store, which is ours alone; without one, nothing is kept. */
  constructor(folder: string | undefined, emit: (event: WorkerEvent) => void) {
    this.#store = folder === undefined ? null : new MomentStore(folder, usualBudget);
    this.#emit = emit;
  }

  /** Begins anew with fresh weights; what was kept of others goes. */
  begin(run: Run): void {
    this.#layout = frameLayout(run.trace);
    this.#last = null;
    this.#lastAt = -Infinity;
    this.#isStale = true;
    this.#sums = noSums;
    this.#spentMillis = 0;
    const store = this.#store;
    if (store) this.#tell(store.clear(), true);
  }

  /** How much may be on the disk. */
  allow(bytes: number): void {
    const store = this.#store;
    if (store) this.#tell(store.allow(bytes), true);
  }

  /** What never makes room. */
  protect(ids: readonly number[]): void {
    void this.#store?.protect(ids);
  }

  /** Steps until the next of the early ones that are all kept: no call may pass it by. */
  stepsToNext(step: number): number {
    return this.#isRecording() ? nextEarlyStep(step) - step : Infinity;
  }

  /** Steps have been taken. */
  trained({ loss, right, images }: Sums): void {
    const sums = this.#sums;
    this.#sums = { loss: sums.loss + loss, right: sums.right + right, images: sums.images + images };
    this.#isStale = true;
  }

  /** Weights were written by hand. */
  edited(): void {
    this.#isStale = true;
  }

  /** Keeps a moment if it is time for one. */
  offer(run: Run, watched: WatchedImage | null, trainedMillis: number): void {
    const last = this.#last;
    const isTime =
      last === null ||
      isTimeForMoment({
        step: run.step,
        lastStep: last.step,
        isEpochEnd: run.step % run.stepsPerEpoch === 0,
        sinceMillis: trainedMillis - this.#lastAt,
        trainedMillis,
        spentMillis: this.#spentMillis,
        costMillis: this.#costMillis,
      });
    if (isTime) this.take(run, watched, trainedMillis);
  }

  /** Keeps a moment, if something has changed since the last one. */
  take(run: Run, watched: WatchedImage | null, trainedMillis: number): void {
    const [store, layout] = [this.#store, this.#layout];
    if (!store || !layout || !this.#isRecording() || !this.#isStale) return;
    if (this.#waitingBytes > mostWaitingBytes) return;
    const began = performance.now();
    const image = watched ?? firstTestImage;
    const moment = this.#moment(run, image);
    this.#waitingBytes += layout.bytes;
    this.#tell(
      this.#kept(store, run, image, [moment, layout]).finally(() => (this.#waitingBytes -= layout.bytes)),
      false,
    );
    const isFirst = this.#last === null;
    [this.#last, this.#lastAt, this.#isStale, this.#sums] = [moment, trainedMillis, false, noSums];
    // TensorFlow gets a graph ready the first time that it runs: that is no measure of a moment.
    this.#costMillis = isFirst ? 0 : performance.now() - began;
    if (!isEarlyStep(run.step)) this.#spentMillis += this.#costMillis;
  }

  /** What is said to a request for what is kept. Never rejects. */
  async answer(asked: MomentRequest, run: Run | null): Promise<Answer> {
    try {
      if (!run) throw new Refusal('nothing-configured', 'There is no network yet: configure one first');
      return await this.#granted(asked, run);
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 'native';
      return { type: 'refused', request: asked.request, code, message: messageOf(error) };
    }
  }

  /** Settles when all that was taken is on the disk, and has been told of. */
  async settled(): Promise<void> {
    await this.#telling;
  }

  async #granted(asked: MomentRequest, run: Run): Promise<Answer> {
    const { request } = asked;
    if (asked.type === 'read-moment') {
      const found = await this.#store?.read(asked.id);
      if (!found) throw new Refusal('no-such-moment', `The moment ${asked.id} is not kept`);
      return { type: 'moment', request, ...found };
    }
    const { layer, part } = asked;
    if (!run.trace.layers.some(({ spec }) => spec.name === layer)) {
      throw new Refusal('unknown-layer', `The network has no layer ${layer}`);
    }
    const place = this.#layout?.parts.find((each) => each.layer === layer && each.part === part);
    if (!place) throw new Refusal('not-kept', `Of ${layer} no ${part} are kept`);
    const history = await this.#store?.readPart(place, mostHistoryBytes);
    return { type: 'history', request, layer, part, ...(history ?? { moments: [], bytes: new Uint8Array() }) };
  }

  /** Rejects where the image cannot be looked at, as where the disk fails: training goes on. */
  async #kept(
    store: MomentStore,
    run: Run,
    image: WatchedImage,
    [moment, layout]: [Moment, FrameLayout],
  ): Promise<Change> {
    return store.keep(moment, momentHeader(layout, moment), run.look(image, wholeView));
  }

  #isRecording(): boolean {
    return this.#store !== null && this.#store.budget > 0;
  }

  #moment(run: Run, image: WatchedImage): Moment {
    const { loss, right, images } = this.#sums;
    const { accuracy: testAccuracy } = run.tested;
    return {
      id: this.#nextId++,
      step: run.step,
      loss: images > 0 ? numberOrNull(loss / images) : (this.#last?.loss ?? null),
      accuracy: images > 0 ? right / images : (this.#last?.accuracy ?? null),
      testAccuracy: numberOrNull(testAccuracy),
      image: image.source === 'test' ? { source: 'test', index: image.index } : { source: image.source },
    };
  }

  /** Says what has become of the store once it has. */
  #tell(changing: Promise<Change>, isAlwaysSaid: boolean): void {
    const store = this.#store;
    if (!store) return;
    const say = ({ added, dropped, trouble }: Change): void => {
      const isNews = added.length > 0 || dropped.length > 0 || trouble !== this.#trouble;
      this.#trouble = trouble;
      if (!isNews && !isAlwaysSaid) return;
      this.#emit({ type: 'moments', added, dropped, bytes: store.bytes, budget: store.budget, trouble });
    };
    const failed = (error: unknown): void => {
      say({ added: [], dropped: [], trouble: `A moment could not be kept: ${messageOf(error)}` });
    };
    this.#telling = changing.then(say, failed);
  }
}

const noSums: Sums = { loss: 0, right: 0, images: 0 };

/** JSON has no infinity, and what has no number is not known. */
function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
