/**
 * Runs a job again and again, at most one at a time: however often it is asked for while it runs, it runs once more afterwards.
 * The job reads what it works on when it starts, so that it always works on the newest.
 */
export class LatestOnly {
  readonly #job: () => Promise<void>;
  #isRunning = false;
  #isAsked = false;

  /** @param job must not reject. */
  constructor(job: () => Promise<void>) {
    this.#job = job;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  ask(): void {
    this.#isAsked = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#job();
    }
    this.#isRunning = false;
  }
}
