import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where workers keep their moments: a folder of its own for each, since one that was told to end may still be writing. They go with the
 * app; what a crash left goes at the next start.
 */
export class MomentsFolders {
  readonly #root: string;

  /** @param root holds nothing else. */
  constructor(root: string) {
    this.#root = root;
  }

  /** The folder for a worker about to start; those of others go. The worker makes it when it has something to keep. */
  fresh(): string {
    const name = randomBytes(8).toString('hex');
    void this.#removeAllBut(name);
    return join(this.#root, name);
  }

  /** Removes all, at once: the app is about to end. What cannot be removed stays for the next start. */
  removeAll(): void {
    try {
      rmSync(this.#root, { recursive: true, force: true });
    } catch {
      // A worker still writes, or it is not ours to remove.
    }
  }

  async #removeAllBut(kept: string): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    const gone = names.filter((name) => name !== kept);
    await Promise.all(
      gone.map((name) => rm(join(this.#root, name), { recursive: true, force: true }).catch(() => undefined)),
    );
  }
}
