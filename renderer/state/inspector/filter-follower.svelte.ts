import { atMostEvery } from '../at-most-every.ts';
import { LatestOnly } from '../bench/latest-only.ts';
import { type Learned, LearnedError, type LearnedErrorCode } from '../learned.svelte.ts';
import { type FilterReading, readFilter } from './filter-reading.ts';
import { rereadMillis } from './unit-follower.svelte.ts';

/** Keeps one filter of a convolution up to date. */
export class FilterFollower {
  /** The last one read; it stands until the next is there. */
  reading = $state.raw<FilterReading | null>(null);
  problem = $state<LearnedErrorCode | null>(null);
  readonly #learned: Pick<Learned, 'readWeights'>;
  #wanted: { readonly layer: string; readonly filter: number } | null = null;
  readonly #work = new LatestOnly(() => this.#read());
  readonly #ask = atMostEvery(rereadMillis, () => this.#work.ask());

  constructor(learned: Pick<Learned, 'readWeights'>) {
    this.#learned = learned;
  }

  /** Reads this soon; nothing any more if null. */
  want(wanted: { readonly layer: string; readonly filter: number } | null): void {
    this.#wanted = wanted;
    if (wanted) this.#ask();
    else this.#ask.cancel();
  }

  /** The network is another one, or gone. */
  forget(): void {
    this.want(null);
    this.reading = null;
    this.problem = null;
  }

  async #read(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    try {
      const reading = await readFilter(this.#learned, wanted.layer, wanted.filter);
      if (!this.#wanted) return;
      this.reading = reading;
      this.problem = null;
    } catch (error) {
      if (!(error instanceof LearnedError)) throw error;
      if (this.#wanted) this.problem = error.code;
    }
  }
}
