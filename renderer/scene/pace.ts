/** Why the picture is out of date: the camera moves, numbers came, or something small changed (a highlight, the size). */
export type Cause = 'motion' | 'data' | 'still';

/** What a draw may take, and how often. */
type Budget = {
  /** Share of the time that passes, 0–1. */
  readonly share: number;
  /** Draws a second: never more than `fastest`; the resolution falls before the rate falls under `slowest`. */
  readonly fastest: number;
  readonly slowest: number;
};

/**
 * Without a GPU the cores that draw are those that train: what is drawn is taken from training, about twice over, since a step
 * waits for its slowest tower. There a tenth of the time is never enough, and the view draws as seldom as it may.
 */
const budgets = {
  training: { share: 0.1, fastest: 30, slowest: 12 },
  trainingAndMoving: { share: 0.6, fastest: 30, slowest: 20 },
  idle: { share: 1, fastest: 60, slowest: 18 },
  /** Numbers come as fast as they are drawn: then many coarser pictures say more than a few fine ones. */
  idleAndCrowded: { share: 1, fastest: 60, slowest: 45 },
  idleAndMoving: { share: 1, fastest: 60, slowest: 30 },
} as const satisfies Record<string, Budget>;

/** Shares of the full resolution along each axis. */
export const resolutionSteps = [1, 0.85, 0.7, 0.6, 0.5] as const;

/** After this long without a change, what was drawn coarsely is drawn once more in full. */
export const restMillis = 180;
/** Numbers that come so soon after a draw have waited for it. */
const crowdedMillis = 5;
/** A measured cost is believed this long. */
const believedMillis = 5000;

/**
 * Decides when to draw and how finely, from what draws really cost. It owns no timer and reads no clock: every call
 * brings the time, in milliseconds.
 *
 *     invalidate → due → begin → (draw, measure) → end → due → …
 */
export class Pace {
  #busy = false;
  #stale = false;
  #drawing = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #changedAt = Number.NEGATIVE_INFINITY;
  #startedAt = Number.NEGATIVE_INFINITY;
  #endedAt = Number.NEGATIVE_INFINITY;
  /** When numbers last came that had waited for a draw. */
  #crowdedAt = Number.NEGATIVE_INFINITY;
  /** Index into `resolutionSteps` of what streaming or moving pictures are drawn at. */
  #step = 0;
  #drawnStep = 0;
  /** Millis that a draw takes at each step, smoothed, and when that was last measured. */
  readonly #costs = resolutionSteps.map(() => ({ millis: 0, at: Number.NEGATIVE_INFINITY }));

  /** Whether the network trains beside the drawing. */
  setBusy(busy: boolean): void {
    this.#busy = busy;
  }

  invalidate(now: number, cause: Cause): void {
    this.#stale = true;
    this.#changedAt = now;
    if (cause === 'motion') this.#movedAt = now;
    if (cause === 'data' && (this.#drawing || now - this.#endedAt < crowdedMillis)) this.#crowdedAt = now;
  }

  /** When the next draw may begin; null: nothing to draw, sleep. */
  due(now: number): number | null {
    if (this.#drawing) return null;
    const earliest = this.#startedAt + this.#interval(now);
    if (this.#stale) return earliest;
    if (this.#drawnStep > 0) return Math.max(earliest, this.#changedAt + restMillis);
    return null;
  }

  /** Begins a draw; answers the resolution for it (a share of the full one along each axis). */
  begin(now: number): number {
    const atRest = !this.#stale && now - this.#changedAt >= restMillis;
    if (!atRest) this.#step = this.#chooseStep(now);
    this.#drawnStep = atRest ? 0 : this.#step;
    this.#stale = false;
    this.#drawing = true;
    this.#startedAt = now;
    return resolutionSteps[this.#drawnStep]!;
  }

  /** Ends the draw: `cost` is what it took, in milliseconds, from `begin` until the last pixel stood. */
  end(now: number, cost: number): void {
    this.#drawing = false;
    this.#endedAt = now;
    const known = this.#costs[this.#drawnStep]!;
    known.millis = this.#believed(known, now) ? known.millis + 0.3 * (cost - known.millis) : cost;
    known.at = now;
  }

  /** Gives up a draw that will not end (the graphics context is gone): it has to be done again. */
  abandon(): void {
    this.#drawing = false;
    this.#stale = true;
  }

  /** The resolution of the last draw. */
  get scale(): number {
    return resolutionSteps[this.#drawnStep]!;
  }

  #budget(now: number): Budget {
    const moving = now - this.#movedAt < restMillis;
    if (this.#busy) return moving ? budgets.trainingAndMoving : budgets.training;
    if (moving) return budgets.idleAndMoving;
    return now - this.#crowdedAt < restMillis ? budgets.idleAndCrowded : budgets.idle;
  }

  #interval(now: number): number {
    const { share, fastest, slowest } = this.#budget(now);
    const known = this.#costs[this.#step]!;
    const wanted = Math.max(1000 / fastest, this.#believed(known, now) ? known.millis / share : 0);
    return Math.min(wanted, 1000 / slowest);
  }

  /** The finest step whose draws fit the budget: down as far as needed at once, up one step at a time with room to spare. */
  #chooseStep(now: number): number {
    const { share, slowest } = this.#budget(now);
    const allowed = (share * 1000) / slowest;
    let step = this.#step;
    while (step < resolutionSteps.length - 1 && this.#predicted(step, now) > allowed) step += 1;
    if (step === this.#step && step > 0 && this.#predicted(step - 1, now) < 0.8 * allowed) step -= 1;
    return step;
  }

  /** Measured lately, or else the current step's cost in proportion to the pixels. */
  #predicted(step: number, now: number): number {
    const known = this.#costs[step]!;
    if (this.#believed(known, now)) return known.millis;
    const current = this.#costs[this.#step]!;
    return current.millis * (resolutionSteps[step]! / resolutionSteps[this.#step]!) ** 2;
  }

  #believed(known: { at: number }, now: number): boolean {
    return now - known.at < believedMillis;
  }
}
