/** The last `capacity` bytes of a stream. */
export class Ring {
  readonly #capacity: number;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(chunk: Buffer): void {
    const joined = Buffer.concat([this.#bytes, chunk.subarray(-this.#capacity)]);
    // A copy, because a view would keep all that came before it alive.
    this.#bytes = joined.length > this.#capacity ? Buffer.from(joined.subarray(-this.#capacity)) : joined;
  }

  /** Hands out what is held and starts empty again. */
  drain(): Buffer {
    const held = this.#bytes;
    this.#bytes = Buffer.alloc(0);
    return held;
  }
}
