/**
 * A curve of any length in bounded memory: at most `capacity` points, each the mean of `stride` neighbours.
 *
 * When it is full, neighbours are merged in pairs and the stride doubles, so the whole run stays on screen at an even density.
 */
export class DecimatedSeries {
  readonly capacity: number;
  readonly #columns: number[][];
  #pending: number[];
  #pendingCount = 0;
  #stride = 1;

  /** @param columns How many numbers make a point; the first is the abscissa. */
  constructor(columns: number, capacity = 1024) {
    this.capacity = capacity;
    this.#columns = Array.from({ length: columns }, () => []);
    this.#pending = Array<number>(columns).fill(0);
  }

  get length(): number {
    return this.#columns[0]!.length;
  }

  /** The points, a column each. The arrays are live: read, don't keep. */
  get columns(): readonly (readonly number[])[] {
    return this.#columns;
  }

  push(...point: number[]): void {
    point.forEach((value, column) => (this.#pending[column]! += value));
    this.#pendingCount += 1;
    if (this.#pendingCount < this.#stride) return;
    this.#columns.forEach((values, column) => values.push(this.#pending[column]! / this.#pendingCount));
    this.#pending.fill(0);
    this.#pendingCount = 0;
    if (this.length >= this.capacity) this.#halve();
  }

  clear(): void {
    for (const values of this.#columns) values.length = 0;
    this.#pending.fill(0);
    this.#pendingCount = 0;
    this.#stride = 1;
  }

  #halve(): void {
    for (const values of this.#columns) {
      const kept = Math.floor(values.length / 2);
      for (let i = 0; i < kept; i++) values[i] = (values[2 * i]! + values[2 * i + 1]!) / 2;
      values.length = kept;
    }
    this.#stride *= 2;
  }
}
