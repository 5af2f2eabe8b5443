/** Those who want to be told. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Answers how to stop listening. */
  readonly add = (listener: (value: T) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get any(): boolean {
    return this.#listeners.size > 0;
  }

  tell(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
