/** How many moments a second at ordinary speed. */
export const momentsPerSecond = 4;
export const speeds = [0.25, 0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof speeds)[number];

/** Goes from moment to moment by the clock; one that is late is passed over, so that the speed stays what it is. */
export class Player {
  isPlaying = $state(false);
  speed = $state<Speed>(1);
  readonly #advance: (by: number) => boolean;
  readonly #isReady: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;
  #late = 0;

  /**
   * @param isReady whether what was gone to last is on the screen. @param advance goes on by so many moments; says whether there are more.
   */
  constructor(isReady: () => boolean, advance: (by: number) => boolean) {
    this.#isReady = isReady;
    this.#advance = advance;
  }

  play(): void {
    this.isPlaying = true;
    this.#late = 0;
    this.#wind();
  }

  pause(): void {
    this.isPlaying = false;
    clearInterval(this.#timer);
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (this.isPlaying) this.#wind();
  }

  #wind(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 1000 / (momentsPerSecond * this.speed));
  }

  #tick(): void {
    this.#late += 1;
    if (!this.#isReady()) return;
    const by = this.#late;
    this.#late = 0;
    if (!this.#advance(by)) this.pause();
  }
}
