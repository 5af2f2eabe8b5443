import { type Learned, LearnedError, type LearnedErrorCode } from '../learned.svelte.ts';

/** How the network did on the whole test set. */
export type TestScore = {
  readonly step: number;
  /** 0–1. */
  readonly accuracy: number;
  readonly images: number;
};

/** Puts the whole test set to the network on request, and remembers what came out the time before. */
export class Scorer {
  latest = $state.raw<TestScore | null>(null);
  /** What the latest is compared with. */
  before = $state.raw<TestScore | null>(null);
  isScoring = $state(false);
  problem = $state<LearnedErrorCode | null>(null);
  readonly #learned: Pick<Learned, 'score'>;
  /** Counts networks: an answer about another one is none. */
  #network = 0;

  constructor(learned: Pick<Learned, 'score'>) {
    this.#learned = learned;
  }

  /** @param known a score that was measured by itself, for the first time one is asked for. */
  async score(known: TestScore | null): Promise<void> {
    if (this.isScoring) return;
    const network = this.#network;
    this.isScoring = true;
    try {
      const { step, testAccuracy, testImages } = await this.#learned.score();
      if (network !== this.#network) return;
      this.before = this.latest ?? known;
      this.latest = { step, accuracy: testAccuracy, images: testImages };
      this.problem = null;
    } catch (error) {
      if (!(error instanceof LearnedError)) throw error;
      if (network === this.#network) this.problem = error.code;
    } finally {
      if (network === this.#network) this.isScoring = false;
    }
  }

  forget(): void {
    this.#network += 1;
    this.latest = null;
    this.before = null;
    this.isScoring = false;
    this.problem = null;
  }
}
