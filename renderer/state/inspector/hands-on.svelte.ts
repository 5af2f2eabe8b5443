import { SvelteMap } from 'svelte/reactivity';
import { type Learned, LearnedError, type LearnedErrorCode } from '../learned.svelte.ts';
import { changed, copied, type FilterChange, type FilterWeights, isSameFilter, withPlane } from './filter-change.ts';
import { readFilter } from './filter-reading.ts';

/** A filter of the network. `channel`: one of those it reads (in groups, of its own); null for all. */
export type FilterPlace = { readonly layer: string; readonly filter: number; readonly channel: number | null };

/** What was done, for the words about it. */
export type HandKind = FilterChange | 'swap' | 'copy' | 'paint' | 'restore';

/** One edit that can be taken back. */
type Edit = {
  readonly kind: HandKind;
  readonly layer: string;
  readonly before: readonly FilterWeights[];
  readonly after: readonly FilterWeights[];
  /** Edits of one movement of the hand are one step. */
  readonly stroke: string | null;
};

/** Steps that can be taken back: AlexNet's largest filter has 1,728 weights. */
const mostEdits = 100;

/**
 * Changes filters of the network by hand, and takes the changes back: what a filter was is remembered and written again. While the network
 * trains, it goes on from what is written.
 *
 * One thing at a time: what is asked for while another is written waits for its turn.
 */
export class HandsOn {
  /** The filters that are not as they were before the first hand was laid on them, as `layer/filter`. */
  touched = $state.raw<readonly string[]>([]);
  problem = $state<LearnedErrorCode | null>(null);
  /** What was done last, and whether it was taken back. */
  last = $state.raw<{
    readonly kind: HandKind;
    readonly layer: string;
    readonly filter: number;
    readonly way: 'done' | 'undone' | 'redone';
  } | null>(null);
  readonly canUndo: boolean = $derived.by(() => this.#past.length > 0);
  readonly canRedo: boolean = $derived.by(() => this.#future.length > 0);
  /** Something is being written. */
  readonly isBusy: boolean = $derived.by(() => this.#queued > 0);
  readonly #learned: Pick<Learned, 'readWeights' | 'writeKernel'>;
  #past = $state.raw<readonly Edit[]>([]);
  #future = $state.raw<readonly Edit[]>([]);
  /** Filters as they were before the first edit, by `layer/filter`. */
  readonly #originals = new SvelteMap<string, FilterWeights>();
  #turn: Promise<void> = Promise.resolve();
  /** A plane that has not been written yet. */
  #waitingPaint: { readonly key: string; plane: ArrayLike<number> } | null = null;
  #queued = $state(0);
  /** Counts networks: what was begun with one does not end with another. */
  #network = 0;

  constructor(learned: Pick<Learned, 'readWeights' | 'writeKernel'>) {
    this.#learned = learned;
  }

  isTouched(layer: string, filter: number): boolean {
    return this.touched.includes(keyOf(layer, filter));
  }

  change({ layer, filter, channel }: FilterPlace, change: FilterChange): Promise<void> {
    return this.#edit(layer, [filter], change, ([old]) => [changed(old!, change, channel)]);
  }

  /** Both filters get the other's weights. */
  swap({ layer, filter, channel }: FilterPlace, other: number): Promise<void> {
    if (other === filter) return Promise.resolve();
    return this.#edit(layer, [filter, other], 'swap', ([one, two]) => [
      copied(one!, two!, channel),
      copied(two!, one!, channel),
    ]);
  }

  /** The filter gets the weights of another, which stays. */
  copyFrom({ layer, filter, channel }: FilterPlace, other: number): Promise<void> {
    if (other === filter) return Promise.resolve();
    return this.#edit(layer, [filter, other], 'copy', ([old, from]) => [copied(old!, from!, channel)]);
  }

  /**
   * Other weights for one channel. Of several that wait for their turn, only the newest is written.
   * @param plane HW
   * @param stroke names a movement of the hand: all with the same one are one step.
   */
  paint(
    { layer, filter, channel }: FilterPlace & { readonly channel: number },
    plane: ArrayLike<number>,
    stroke?: string,
  ): Promise<void> {
    const key = `${keyOf(layer, filter)}/${channel}/${stroke ?? ''}`;
    const waiting = this.#waitingPaint;
    if (stroke !== undefined && waiting?.key === key) {
      waiting.plane = plane;
      return this.#turn;
    }
    const paint = { key, plane };
    this.#waitingPaint = paint;
    const change = ([old]: readonly FilterWeights[]): FilterWeights[] => {
      if (this.#waitingPaint === paint) this.#waitingPaint = null;
      return [withPlane(old!, channel, paint.plane)];
    };
    return this.#edit(layer, [filter], 'paint', change, stroke);
  }

  /** Back to what the filter was before any hand was laid on it. */
  restore({ layer, filter }: Pick<FilterPlace, 'layer' | 'filter'>): Promise<void> {
    return this.#edit(layer, [filter], 'restore', ([old]) => [this.#originals.get(keyOf(layer, filter)) ?? old!]);
  }

  undo(): Promise<void> {
    return this.#inTurn(async () => {
      const edit = this.#past[this.#past.length - 1];
      if (!edit) return;
      await this.#write(edit.layer, edit.before);
      this.#past = this.#past.slice(0, -1);
      this.#future = [edit, ...this.#future];
      this.#say(edit, 'undone');
    });
  }

  redo(): Promise<void> {
    return this.#inTurn(async () => {
      const [edit, ...rest] = this.#future;
      if (!edit) return;
      await this.#write(edit.layer, edit.after);
      this.#past = [...this.#past, edit];
      this.#future = rest;
      this.#say(edit, 'redone');
    });
  }

  /** Other weights are there: those that are remembered are of no use any more. */
  forget(): void {
    this.#network += 1;
    this.#past = [];
    this.#future = [];
    this.#originals.clear();
    this.#waitingPaint = null;
    this.touched = [];
    this.problem = null;
    this.last = null;
  }

  #edit(
    layer: string,
    filters: readonly number[],
    kind: HandKind,
    change: (old: readonly FilterWeights[]) => FilterWeights[],
    stroke?: string,
  ): Promise<void> {
    return this.#inTurn(async () => {
      const old = await Promise.all(filters.map((filter) => readFilter(this.#learned, layer, filter)));
      const after = change(old);
      const before = old.slice(0, after.length);
      if (before.every((filter, i) => isSameFilter(filter, after[i]!))) return;
      for (const filter of before) {
        const key = keyOf(layer, filter.filter);
        if (!this.#originals.has(key)) this.#originals.set(key, filter);
      }
      await this.#write(layer, after);
      const edit = { kind, layer, before, after, stroke: stroke ?? null };
      const previous = this.#past[this.#past.length - 1];
      const isOneStroke =
        stroke !== undefined &&
        previous?.stroke === stroke &&
        previous.layer === layer &&
        previous.before[0]!.filter === before[0]!.filter;
      this.#past = isOneStroke
        ? [...this.#past.slice(0, -1), { ...edit, before: previous.before }]
        : [...this.#past, edit].slice(-mostEdits);
      this.#future = [];
      this.#say(edit, 'done');
    });
  }

  async #write(layer: string, filters: readonly FilterWeights[]): Promise<void> {
    const writes = filters.map(({ filter, weights, bias }) =>
      this.#learned.writeKernel(layer, filter, null, weights, bias ?? undefined),
    );
    await Promise.all(writes);
    const keys = filters.map(({ filter }) => keyOf(layer, filter));
    const changedNow = filters.filter((filter, i) => {
      const original = this.#originals.get(keys[i]!);
      return original !== undefined && !isSameFilter(original, filter);
    });
    this.touched = [
      ...this.touched.filter((key) => !keys.includes(key)),
      ...changedNow.map(({ filter }) => keyOf(layer, filter)),
    ];
  }

  #say({ kind, layer, before }: Edit, way: 'done' | 'undone' | 'redone'): void {
    this.last = { kind, layer, filter: before[0]!.filter, way };
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const network = this.#network;
    this.#queued += 1;
    this.#turn = this.#turn.then(async () => {
      try {
        if (network !== this.#network) return;
        await work();
        this.problem = null;
      } catch (error) {
        if (!(error instanceof LearnedError)) throw error;
        if (network === this.#network) this.problem = error.code;
      } finally {
        this.#queued -= 1;
      }
    });
    return this.#turn;
  }
}

function keyOf(layer: string, filter: number): string {
  return `${layer}/${filter}`;
}
