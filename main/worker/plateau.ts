import type { Schedule } from '../../shared/training/schedule.ts';

/** How often the test error has stood still for as long as a `plateau` schedule waits. */
export class Plateau {
  readonly #patience: number;
  #best = Number.POSITIVE_INFINITY;
  #since = 0;
  #drops = 0;

  constructor(schedule: Schedule) {
    this.#patience = schedule.kind === 'plateau' ? schedule.patience : Number.POSITIVE_INFINITY;
  }

  get drops(): number {
    return this.#drops;
  }

  /** Takes in the test error after another epoch. */
  tested(error: number): void {
    if (error < this.#best) {
      this.#best = error;
      this.#since = 0;
      return;
    }
    this.#since += 1;
    if (this.#since < this.#patience) return;
    this.#drops += 1;
    this.#since = 0;
  }
}
