import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Ring } from './ring.ts';

const ringBytes = 64 * 1024;
const fileBytes = 1024 * 1024;
const flushMillis = 500;

/**
 * What the worker writes to its standard output and error, in worker.log and the one before it.
 *
 * Bounded everywhere: a flood costs 64 kB of memory and at most that much of the disk twice a second, and the two files together hold ≤ 2 MB.
 */
export class WorkerLog {
  readonly #folder: string;
  readonly #ring = new Ring(ringBytes);
  #flush: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  append(text: Buffer | string): void {
    this.#ring.push(Buffer.from(text));
    if (this.#flush) return;
    this.#flush = this.#soon();
  }

  #soon(): NodeJS.Timeout {
    return setTimeout(() => void this.#write(), flushMillis);
  }

  async #write(): Promise<void> {
    const file = join(this.#folder, 'worker.log');
    const held = this.#ring.drain();
    try {
      await mkdir(this.#folder, { recursive: true });
      const size = await stat(file).then(
        (found) => found.size,
        () => 0,
      );
      if (size + held.length > fileBytes) await rename(file, join(this.#folder, 'worker.previous.log'));
      await appendFile(file, held);
    } catch {
      // A full disk or a read-only home loses the log, not the lab.
    } finally {
      // What was said while the file was being written waits for no other word.
      this.#flush = this.#ring.isEmpty ? undefined : this.#soon();
    }
  }
}
