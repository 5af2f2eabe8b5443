/** Steps that can be taken back. */
const mostSteps = 200;

/** What a row of values weighs together, and how much may be kept. */
export type Limit<Value> = { readonly weigh: (values: readonly Value[]) => number; readonly most: number };

/**
 * Values as they were before and after the one that is there now, for undo and redo. Values are immutable and are kept by reference: a
 * step costs a pointer, and what two steps share is there once.
 */
export class History<Value> {
  /** Oldest first. */
  readonly past: readonly Value[];
  /** The next first. */
  readonly future: readonly Value[];
  readonly #limit: Limit<Value> | null;

  constructor(past: readonly Value[] = [], future: readonly Value[] = [], limit: Limit<Value> | null = null) {
    this.past = past;
    this.future = future;
    this.#limit = limit;
  }

  /** Remembers `value`, which something new is about to replace; what had been taken back is gone, and so is the oldest where it is too much. */
  remember(value: Value): History<Value> {
    let past = [...this.past, value].slice(-mostSteps);
    const limit = this.#limit;
    while (limit && past.length > 1 && limit.weigh(past) > limit.most) past = past.slice(1);
    return new History(past, [], limit);
  }

  /** The value before `value`, and the history as it is then; null if there is none. */
  back(value: Value): readonly [Value, History<Value>] | null {
    if (this.past.length === 0) return null;
    return [
      this.past[this.past.length - 1]!,
      new History(this.past.slice(0, -1), [value, ...this.future], this.#limit),
    ];
  }

  /** The value after `value`, and the history as it is then; null if there is none. */
  forth(value: Value): readonly [Value, History<Value>] | null {
    if (this.future.length === 0) return null;
    return [this.future[0]!, new History([...this.past, value], this.future.slice(1), this.#limit)];
  }
}
