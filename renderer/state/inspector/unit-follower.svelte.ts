import type { WatchedImage } from '../../../shared/contract.ts';
import type { Unit } from '../../../shared/network-arithmetic/unit.ts';
import type { NetworkTrace, TracedLayer } from '../../../shared/network/shapes.ts';
import { atMostEvery } from '../at-most-every.ts';
import { LatestOnly } from '../bench/latest-only.ts';
import { type Learned, LearnedError, type LearnedErrorCode } from '../learned.svelte.ts';
import { readUnit, type UnitReading } from './unit-reading.ts';

/** While the network trains, a unit is read again at most this often. */
export const rereadMillis = 300;

/** What to read. */
export type WantedUnit = {
  readonly trace: NetworkTrace;
  readonly layer: TracedLayer;
  readonly unit: Unit;
  readonly image: WatchedImage;
};

/** Keeps the arithmetic of one unit up to date. */
export class UnitFollower {
  /** The last one read; it stands until the next is there, also while that is of another unit. */
  reading = $state.raw<UnitReading | null>(null);
  /** Why the last try failed. `too-fast`: steps came in between again and again. */
  problem = $state<LearnedErrorCode | 'too-fast' | null>(null);
  readonly #learned: Pick<Learned, 'readActivations' | 'readWeights'>;
  #wanted: WantedUnit | null = null;
  readonly #work = new LatestOnly(() => this.#read());
  readonly #ask = atMostEvery(rereadMillis, () => this.#work.ask());

  constructor(learned: Pick<Learned, 'readActivations' | 'readWeights'>) {
    this.#learned = learned;
  }

  /** Reads this soon; nothing any more if null. Called again whenever its numbers may have changed. */
  want(wanted: WantedUnit | null): void {
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
      const reading = await readUnit(this.#learned, wanted.trace, wanted.layer, wanted.unit, wanted.image);
      if (this.#wanted?.trace !== wanted.trace) return;
      if (reading) this.reading = reading;
      this.problem = reading ? null : 'too-fast';
    } catch (error) {
      if (!(error instanceof LearnedError)) throw error;
      if (this.#wanted?.trace === wanted.trace) this.problem = error.code;
    }
  }
}
