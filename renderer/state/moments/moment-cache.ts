import type { Moment } from '../../../shared/contract.ts';

/** A kept moment, whole: a frame of all layers. */
export type WholeMoment = { readonly moment: Moment; readonly bytes: Uint8Array<ArrayBuffer> };

/** Kept moments that were looked at last, in at most `capacity` bytes (one at least); each is read from the disk once while it is here. */
export class MomentCache {
  readonly #read: (id: number) => Promise<WholeMoment>;
  readonly #capacity: number;
  /** The one used last stands last. */
  readonly #held = new Map<number, Promise<WholeMoment>>();
  readonly #sizes = new Map<number, number>();

  constructor(read: (id: number) => Promise<WholeMoment>, capacity: number) {
    this.#read = read;
    this.#capacity = capacity;
  }

  /** Bytes that are held. */
  get bytes(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Rejects as reading does; what failed is tried again next time. */
  get(id: number): Promise<WholeMoment> {
    const held = this.#held.get(id);
    if (held) {
      this.#held.delete(id);
      this.#held.set(id, held);
      return held;
    }
    const reading = this.#read(id);
    this.#held.set(id, reading);
    reading.then(
      ({ bytes }) => {
        if (this.#held.get(id) !== reading) return;
        this.#sizes.set(id, bytes.byteLength);
        this.#makeRoom(id);
      },
      () => {
        if (this.#held.get(id) === reading) this.forget(id);
      },
    );
    return reading;
  }

  forget(id: number): void {
    this.#held.delete(id);
    this.#sizes.delete(id);
  }

  clear(): void {
    this.#held.clear();
    this.#sizes.clear();
  }

  #makeRoom(newest: number): void {
    for (const id of [...this.#held.keys()]) {
      if (this.bytes <= this.#capacity) return;
      if (id !== newest && this.#sizes.has(id)) this.forget(id);
    }
  }
}
