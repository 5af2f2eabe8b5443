import type { Command, Moment, WatchedImage, WorkerEvent } from '../../../shared/contract.ts';
import { wholeView } from '../../../shared/frame/view.ts';
import { atMostEvery } from '../at-most-every.ts';
import type { FrameCredits } from '../frame-credits.ts';
import type { Learned } from '../learned.svelte.ts';
import { LearnedError, type LearnedErrorCode } from '../requests.ts';
import type { RunState } from '../run.svelte.ts';
import type { WatchState } from '../watch.svelte.ts';
import { Bookmarks } from './bookmarks.svelte.ts';
import { idsOf, indexOf, keptAfter } from './kept.ts';
import { LayerHistory } from './layer-history.ts';
import { MomentCache, type WholeMoment } from './moment-cache.ts';
import { Player } from './player.svelte.ts';

type Line = {
  readonly run: RunState;
  readonly watch: WatchState;
  readonly credits: Pick<FrameCredits, 'dropped'>;
  readonly learned: Pick<Learned, 'readMoment' | 'readHistory'>;
  readonly send: (command: Command) => void;
};

/** Moments held in memory: some hundred of LeNet-5, ten of AlexNet. */
const cacheBytes = 32 * 2 ** 20;
const protectMillis = 200;

/**
 * The time machine: the moments of a run that the worker has kept, and the one that is shown in place of the live network.
 *
 * Training goes on behind a moment that is shown. Nothing is kept here but what was looked at last: moments lie on the disk.
 */
export class Moments {
  /** By step, as they were taken. */
  list = $state.raw<readonly Moment[]>([]);
  /** On the disk. */
  bytes = $state(0);
  /** What may be taken there; null until the worker has said. 0: nothing is kept. */
  budget = $state<number | null>(null);
  /** Why nothing more is kept, in the worker's words. */
  trouble = $state<string | null>(null);
  /** What was chosen to be shown; null for the live network. */
  shown = $state.raw<Moment | null>(null);
  /** The chosen moment is not on the screen yet. */
  isFetching = $state(false);
  /** Why the chosen moment could not be shown. */
  problem = $state<LearnedErrorCode | null>(null);
  /** The ids of two moments that are compared. */
  pair = $state.raw<{ readonly a: number | null; readonly b: number | null }>({ a: null, b: null });
  readonly bookmarks = new Bookmarks();
  readonly player = new Player(
    () => !this.isFetching,
    (by) => this.#playOn(by),
  );
  /** Where the shown moment stands in the list; −1 while live. */
  readonly index = $derived(this.shown ? indexOf(this.list, this.shown.id) : -1);
  readonly #line: Line;
  readonly #cache: MomentCache;
  readonly #protect = atMostEvery(protectMillis, () => this.#sendProtected());
  #protected = '';
  /** What the user has chosen: a fresh worker is told again. */
  #chosenBudget: number | null = null;
  /** Counts up with every run: what was asked for an earlier one is of no use. */
  #life = 0;

  constructor(line: Line) {
    this.#line = line;
    this.#cache = new MomentCache((id) => line.learned.readMoment(id), cacheBytes);
  }

  receive(event: WorkerEvent): void {
    switch (event.type) {
      case 'device':
        if (this.#chosenBudget !== null) this.#line.send({ type: 'keep-moments', bytes: this.#chosenBudget });
        return;
      case 'configured':
        this.#begin();
        return;
      case 'moments':
        this.#take(event);
        return;
      default:
    }
  }

  /** The worker is gone, and what it kept with it; or another network is built. */
  forget(): void {
    this.live();
    this.#begin();
  }

  // ---- going through time ----

  /** Shows a kept moment. Calls that follow each other fast end at the last. */
  show(id: number): void {
    const moment = this.list[indexOf(this.list, id)];
    if (!moment || moment === this.shown) return;
    this.shown = moment;
    this.problem = null;
    this.#protect();
    if (!this.isFetching) void this.#fetch();
  }

  /** Shows the moment that stands there in the list; beyond its ends, the first or last. */
  showAt(index: number): void {
    const moment = this.list[Math.max(0, Math.min(this.list.length - 1, index))];
    if (moment) this.show(moment.id);
  }

  /** Goes on by so many moments: backwards below 0. From the live network back to the last ones. */
  move(by: number): void {
    this.player.pause();
    if (this.index >= 0) this.showAt(this.index + by);
    else if (by < 0) this.showAt(this.list.length + by);
  }

  /** Back to the network as it is now. */
  live(): void {
    this.player.pause();
    this.problem = null;
    if (!this.shown && !this.#line.watch.isReplay) return;
    this.shown = null;
    this.#line.watch.showLive(this.#line.run.trace);
    this.#line.credits.dropped();
    this.#protect();
  }

  /** From the shown moment on; from the first one where none is shown, or the last is. */
  play(): void {
    if (this.list.length === 0) return;
    if (this.index < 0 || this.index === this.list.length - 1) this.showAt(0);
    this.player.play();
  }

  togglePlaying(): void {
    if (this.player.isPlaying) this.player.pause();
    else this.play();
  }

  // ---- what is kept ----

  setBudget(bytes: number): void {
    this.#chosenBudget = bytes;
    this.budget = bytes;
    this.#line.send({ type: 'keep-moments', bytes });
  }

  /** Sets a bookmark on a moment (the shown one; while live, the newest), or takes it away. */
  toggleBookmark(moment: Moment | null | undefined = this.shown ?? this.list.at(-1)): void {
    if (!moment) return;
    this.bookmarks.toggle(moment);
    this.#protect();
  }

  compare(pair: { readonly a: number | null; readonly b: number | null }): void {
    this.pair = pair;
    this.#protect();
  }

  /** A moment whole, from the disk or from what was looked at last. Rejects with a LearnedError. */
  read(id: number): Promise<WholeMoment> {
    return this.#cache.get(id);
  }

  /** The life of a layer's maps or kernels. Rejects with a LearnedError. */
  async readHistory(layer: string, part: 'maps' | 'kernels'): Promise<LayerHistory> {
    const { trace } = this.#line.run;
    return new LayerHistory(trace, layer, part, await this.#line.learned.readHistory(layer, part));
  }

  #playOn(by: number): boolean {
    const last = this.list.length - 1;
    const next = Math.min(last, this.index + by);
    if (this.index < 0) return false;
    this.showAt(next);
    const following = this.list[Math.min(last, next + by)];
    // It comes while this one is looked at.
    if (following && next < last) this.#cache.get(following.id).catch(() => {});
    return next < last;
  }

  async #fetch(): Promise<void> {
    const life = this.#life;
    this.isFetching = true;
    for (let wanted = this.shown; wanted; wanted = this.#wantedAfter(wanted, life)) {
      const { id } = wanted;
      try {
        const { moment, bytes } = await this.#cache.get(id);
        if (this.#isWanted(life)) this.#put(moment, bytes);
      } catch (error) {
        if (this.#isWanted(life, id)) this.#failed(error);
      }
    }
    if (life === this.#life) this.isFetching = false;
  }

  /** Whether a moment, or this one, is still to be shown. */
  #isWanted(life: number, id = this.shown?.id): boolean {
    return life === this.#life && this.shown !== null && this.shown.id === id;
  }

  /** What was asked for while the one before was on its way. */
  #wantedAfter({ id }: Moment, life: number): Moment | null {
    return this.#isWanted(life) && !this.#isWanted(life, id) ? this.shown : null;
  }

  #put(moment: Moment, bytes: Uint8Array<ArrayBuffer>): void {
    const { watch, run } = this.#line;
    const frame = { type: 'frame', step: moment.step, view: wholeView, bytes } as const;
    if (!watch.replay(frame, run.trace, !isOf(moment, watch.image))) this.problem = 'native';
  }

  #failed(error: unknown): void {
    console.error('A moment could not be shown:', error);
    this.player.pause();
    this.problem = error instanceof LearnedError ? error.code : 'native';
  }

  #take({ added, dropped, bytes, budget, trouble }: Extract<WorkerEvent, { type: 'moments' }>): void {
    this.bytes = bytes;
    this.budget = budget;
    this.trouble = trouble;
    this.list = keptAfter(this.list, { added, dropped });
    for (const id of dropped) this.#cache.forget(id);
    if (dropped.length === 0) return;
    const isThere = (id: number): boolean => indexOf(this.list, id) >= 0;
    this.bookmarks.keepOnly(isThere);
    const { a, b } = this.pair;
    if ((a !== null && !isThere(a)) || (b !== null && !isThere(b))) {
      this.pair = { a: a !== null && isThere(a) ? a : null, b: b !== null && isThere(b) ? b : null };
    }
    // It went before it could be held back, or with its whole run.
    if (this.shown && !isThere(this.shown.id)) this.live();
  }

  #begin(): void {
    this.live();
    this.#life += 1;
    this.isFetching = false;
    this.#cache.clear();
    this.list = [];
    this.bytes = 0;
    this.trouble = null;
    this.pair = { a: null, b: null };
    this.bookmarks.keepOnly(() => false);
    this.#protected = '';
  }

  #sendProtected(): void {
    const { a, b } = this.pair;
    const ids = idsOf([...this.bookmarks.all.map(({ id }) => id), this.shown?.id, a, b]);
    const key = ids.join();
    if (key === this.#protected) return;
    this.#protected = key;
    this.#line.send({ type: 'protect-moments', ids: [...ids] });
  }
}

function isOf({ image }: Moment, watched: WatchedImage): boolean {
  if (image.source !== watched.source) return false;
  return image.source !== 'test' || watched.source !== 'test' || image.index === watched.index;
}
