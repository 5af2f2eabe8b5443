/**
 * The last `capacity` bytes of a stream.
 *
 * Chunks are kept as they come and dropped whole from the front, so that a flood of small ones costs no copying.
 */
export class Ring {
  readonly #capacity: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(chunk: Buffer): void {
    // A copy, because the end of a large chunk would keep all of it alive.
    const kept = chunk.length > this.#capacity ? Buffer.from(chunk.subarray(-this.#capacity)) : chunk;
    this.#chunks.push(kept);
    this.#bytes += kept.length;
    while (this.#bytes - (this.#chunks[0]?.length ?? 0) >= this.#capacity) {
      this.#bytes -= this.#chunks.shift()?.length ?? 0;
    }
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  /** Hands out what is held and starts empty again. */
  drain(): Buffer {
    const held = Buffer.concat(this.#chunks).subarray(-this.#capacity);
    this.#chunks = [];
    this.#bytes = 0;
    return held;
  }
}
