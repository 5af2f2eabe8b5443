/** The most frames that may be on their way or waiting to be drawn. */
const framesInFlight = 2;

/**
 * Pays the worker for frames as they are drawn: it sends none without. A hidden window draws nothing, so it pays nothing
 * and the worker computes nothing for it; what was owed is paid when it is seen again.
 */
export class FrameCredits {
  readonly #pay: (frames: number) => void;
  #hidden = false;
  #owed = 0;
  #undrawn = 0;

  constructor(pay: (frames: number) => void) {
    this.#pay = pay;
  }

  /** A fresh worker has no credit at all. */
  open(): void {
    this.#undrawn = 0;
    this.#owed = framesInFlight;
    this.#settle();
  }

  /** A frame has come: it is owed for once it has been drawn. */
  received(): void {
    this.#undrawn += 1;
  }

  /** So many of the received frames are done with: on the screen, overtaken by a newer one, or dropped. */
  drawn(frames: number): void {
    const settled = Math.min(frames, this.#undrawn);
    this.#undrawn -= settled;
    this.#owed += settled;
    this.#settle();
  }

  /** None of the received frames will be drawn any more. */
  dropped(): void {
    this.drawn(this.#undrawn);
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#settle();
  }

  #settle(): void {
    if (this.#hidden || this.#owed === 0) return;
    const frames = Math.min(this.#owed, framesInFlight);
    this.#owed = 0;
    this.#pay(frames);
  }
}
