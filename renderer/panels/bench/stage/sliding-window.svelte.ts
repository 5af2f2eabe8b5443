import type { BenchView } from '../../../../shared/bench/experiment.ts';
import { kept, type Place, type Size } from '../../../colours/fitted.ts';
import type { Bench } from '../../../state/bench/bench.svelte.ts';
import { advanced, type Speed } from './pace.ts';

export type OutputId = NonNullable<BenchView['cell']>['of'];

/** What the window needs to know of what is on the stage; both are read reactively. */
export type Stage = {
  readonly output: () => Size | null;
  /** How many products, or cells that are pooled, each output cell has. */
  readonly terms: () => number;
};

/** A frame that came late, as after a pause of the machine, moves the window no further than this. */
const longestFrame = 0.1;

/**
 * The window on its way over the input: which output cell it is at, and its play, pause and step. The cell itself is part of the bench's
 * view; how far the window has come is not.
 */
export class SlidingWindow {
  speed = $state<Speed>('slow');
  isPlaying = $state(false);
  /** Which output the window fills. */
  readonly of: OutputId = $derived.by(() => this.#bench.view.cell?.of ?? 'map');
  /** The output that the window fills; null if there is none. */
  readonly output: Size | null = $derived.by(() => this.#stage.output());
  readonly cells: number = $derived((this.output?.height ?? 0) * (this.output?.width ?? 0));
  /** The output cell that the window is at: the one in the middle until one is chosen. */
  readonly cell: Place | null = $derived.by(() => {
    if (!this.output) return null;
    const { height, width } = this.output;
    return kept(this.#bench.view.cell ?? { row: Math.floor(height / 2), column: Math.floor(width / 2) }, this.output);
  });
  /** The cell's number in reading order. */
  readonly index: number = $derived(
    this.cell && this.output ? this.cell.row * this.output.width + this.cell.column : 0,
  );
  /** The output shows only what the window has reached. */
  readonly isFilling: boolean = $derived.by(() => this.#filling === this.of);
  /** Products that are summed so far; null: all of them. */
  readonly counted: number | null = $derived.by(() => {
    return this.#sum?.cell === this.#bench.view.cell ? this.#sum.counted : null;
  });
  readonly #bench: Bench;
  readonly #stage: Stage;
  #filling = $state<OutputId | null>(null);
  /** How far the sum of a cell is; of no other cell that someone goes to. */
  #sum = $state.raw<{ readonly cell: BenchView['cell']; readonly counted: number } | null>(null);
  #part = 0;
  #frame = 0;

  constructor(bench: Bench, stage: Stage) {
    this.#bench = bench;
    this.#stage = stage;
  }

  choose(of: OutputId): void {
    if (of === this.of) return;
    this.stop();
    const size = this.#bench.result?.[of === 'map' ? 'pooledFrom' : of]?.plane ?? { height: 0, width: 0 };
    this.#bench.look({ cell: { of, row: Math.floor(size.height / 2), column: Math.floor(size.width / 2) } });
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (speed !== 'terms') this.#sum = null;
  }

  goTo({ row, column }: Place): void {
    if (!this.output) return;
    this.#sum = null;
    this.#part = 0;
    this.#bench.look({ cell: { of: this.of, ...kept({ row, column }, this.output) } });
  }

  seek(index: number): void {
    if (!this.output) return;
    const at = Math.min(this.cells - 1, Math.max(0, index));
    this.goTo({ row: Math.floor(at / this.output.width), column: at % this.output.width });
  }

  /** One cell on, or back; product by product, one product. */
  step(by: 1 | -1): void {
    this.pause();
    const terms = this.#stage.terms();
    if (this.speed !== 'terms') {
      this.seek(this.index + by);
      return;
    }
    const counted = (this.counted ?? terms) + by;
    if (counted > terms) {
      if (this.index + 1 >= this.cells) return;
      this.seek(this.index + 1);
      this.#count(1);
    } else if (counted < 1) {
      if (this.index === 0) return;
      this.seek(this.index - 1);
    } else {
      this.#count(counted);
    }
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** From the chosen cell on; from the first if none is chosen, or the last. */
  play(): void {
    if (!this.output || this.isPlaying) return;
    if (!this.#bench.view.cell || this.index >= this.cells - 1) this.seek(0);
    if (this.speed === 'terms' && this.counted === null) this.#count(0);
    this.#filling = this.of;
    this.isPlaying = true;
    let last = performance.now();
    const tick = (now: number): void => {
      const seconds = Math.min(longestFrame, Math.max(0, now - last) / 1000);
      last = now;
      this.#advance(seconds);
      if (this.isPlaying) this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.isPlaying = false;
  }

  /** Ends the play, and shows the whole output again. */
  stop(): void {
    this.pause();
    this.#filling = null;
    this.#sum = null;
  }

  #count(counted: number | null): void {
    // The view's cell is what the sum belongs to: there must be one.
    if (counted !== null && !this.#bench.view.cell) this.seek(this.index);
    this.#sum = counted === null ? null : { cell: this.#bench.view.cell, counted };
  }

  #advance(seconds: number): void {
    const { index, counted } = this;
    const next = advanced({ index, counted, part: this.#part }, this.speed, this.cells, this.#stage.terms(), seconds);
    if (!next) {
      this.seek(this.cells - 1);
      this.stop();
      return;
    }
    if (next.index !== index) this.seek(next.index);
    this.#part = next.part;
    this.#count(next.counted);
  }
}
