import type { BenchView, Experiment } from '../../../../shared/bench/experiment.ts';
import type { Bench } from '../../../state/bench/bench.svelte.ts';
import { experimentAt, type Story, type StoryStep, viewAt } from './story.ts';

/** Tells a story on the bench: sets the experiment, then goes through its steps. */
export class Storyteller {
  readonly #bench: Bench;
  #at = $state.raw<{ readonly story: Story; readonly index: number } | null>(null);
  readonly story: Story | null = $derived.by(() => this.#at?.story ?? null);
  readonly index: number = $derived.by(() => this.#at?.index ?? 0);
  readonly step: StoryStep | null = $derived.by(() => this.story?.steps[this.index] ?? null);
  readonly hasNext: boolean = $derived.by(() => this.story !== null && this.index < this.story.steps.length - 1);
  readonly hasBack: boolean = $derived.by(() => this.index > 0);
  /** The experiment is no longer the story's: someone tries something out, which is what the bench is for. */
  readonly isAltered: boolean = $derived.by(
    () => this.story !== null && !isSame(this.#bench.experiment, experimentAt(this.story, this.index)),
  );

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Opens a story at its beginning; what was on the bench is one undo away. */
  open(story: Story): void {
    this.#at = { story, index: 0 };
    this.restore();
  }

  /** The experiment and the view as this step has them. */
  restore(): void {
    if (!this.story) return;
    this.#bench.edit(experimentAt(this.story, this.index));
    this.#bench.look(viewAt(this.story, this.index));
  }

  next(): void {
    if (this.hasNext) this.#go(this.index + 1);
  }

  back(): void {
    if (this.hasBack) this.#go(this.index - 1);
  }

  close(): void {
    this.#at = null;
  }

  /** Changes what differs between the two steps, and nothing that someone has changed besides. */
  #go(index: number): void {
    if (!this.story) return;
    const { story } = this;
    const change = changed(experimentAt(story, this.index), experimentAt(story, index));
    const from = viewAt(story, this.index);
    this.#at = { story, index };
    if (Object.keys(change).length > 0) this.#bench.edit(change);
    this.#bench.look(changed(from, viewAt(story, index)));
  }
}

/** Plain data, compared through and through. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other || typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other;
  const [entries, others] = [Object.entries(one), new Map(Object.entries(other))];
  return entries.length === others.size && entries.every(([key, value]) => isSame(value, others.get(key)));
}

/** The entries of `after` that are not as in `before`. */
function changed<Whole extends Experiment | BenchView>(before: Whole, after: Whole): Partial<Whole> {
  const keys = Object.keys(after) as (keyof Whole)[];
  return Object.fromEntries(
    keys.filter((key) => !isSame(before[key], after[key])).map((key) => [key, after[key]]),
  ) as Partial<Whole>;
}
