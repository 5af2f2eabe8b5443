/** How often training is kept waiting for something beside it: not too often, and with no more than a share of the time. */
export class Interval {
  readonly #leastMillis: number;
  readonly #times: number;
  #nextAt = -Infinity;
  #isFirst = true;

  /**
   * @param leastMillis from one's end to the next.
   * @param times how many times what one took passes before the next.
   */
  constructor(leastMillis: number, times: number) {
    this.#leastMillis = leastMillis;
    this.#times = times;
  }

  isDue(now: number): boolean {
    return now >= this.#nextAt;
  }

  /** One has been done. TensorFlow prepares what it runs for the first time: how long the first took says nothing of the next. */
  done(began: number, ended: number): void {
    const took = this.#isFirst ? 0 : ended - began;
    this.#isFirst = false;
    this.#nextAt = ended + Math.max(this.#leastMillis, this.#times * took);
  }

  /** From now on it is something else that is done, and may be at once. */
  restart(): void {
    this.#isFirst = true;
    this.#nextAt = -Infinity;
  }
}
