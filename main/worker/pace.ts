/**
 * A call's length when somebody watches, who gets a frame after each, in milliseconds. A call itself costs about one: shorter ones would spend more of
 * the time on that.
 */
const watchedMillis = 42;
/** And when nobody does: a pause still feels immediate. */
const unwatchedMillis = 100;
/** Weight of the newest measurement. */
const freshness = 0.2;

/** How many steps one call to TensorFlow takes, from how long steps have taken so far. */
export class Pace {
  #millisPerStep: number | null = null;

  /** @param most steps that may be taken: those left in the epoch. */
  steps(watched: boolean, most: number): number {
    if (this.#millisPerStep === null) return 1;
    const wanted = Math.floor((watched ? watchedMillis : unwatchedMillis) / this.#millisPerStep);
    return Math.max(1, Math.min(wanted, most));
  }

  measured(steps: number, millis: number): void {
    const perStep = millis / steps;
    this.#millisPerStep =
      this.#millisPerStep === null ? perStep : this.#millisPerStep * (1 - freshness) + perStep * freshness;
  }
}
