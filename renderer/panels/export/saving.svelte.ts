import type { Bridge } from '../../../shared/contract.ts';
import { LearnedError } from '../../state/learned.svelte.ts';
import { NoEncoder } from '../../films/encode-film.ts';
import { noteOfSaving, type TakeNote } from '../bench/take-along/notes.ts';
import { TrainingMovedOn } from './tensors.ts';

/** Why nothing was saved. */
export type ExportProblem = 'too-large' | 'moved-on' | 'no-encoder' | 'no-moments' | 'worker' | 'unknown';

/** Files of at most so many bytes can be handed to main. */
const mostBytes = 256 * 2 ** 20;

/** Makes files and has them saved; says what became of it. One at a time. */
export class Saving {
  note = $state.raw<TakeNote | null>(null);
  problem = $state<ExportProblem | null>(null);
  /** What is done of the file that is being made, 0–1; null while none is. */
  progress = $state<number | null>(null);
  readonly #bridge: Pick<Bridge, 'saveFile' | 'showSavedFile'>;
  #isCancelled = false;

  constructor(bridge: Pick<Bridge, 'saveFile' | 'showSavedFile'>) {
    this.#bridge = bridge;
  }

  /**
   * @param make the file; null for none after all. It says how far it is, and is told whether to go on.
   * @returns whether a file was made, saved or not.
   */
  async save(
    name: string,
    make: (progress: (share: number) => boolean) => Promise<Uint8Array | null>,
  ): Promise<boolean> {
    if (this.progress !== null) return false;
    this.note = null;
    this.problem = null;
    this.#isCancelled = false;
    this.progress = 0;
    try {
      const bytes = await make((share) => {
        this.progress = share;
        return !this.#isCancelled;
      });
      if (!bytes || this.#wasCancelled()) return false;
      if (bytes.byteLength > mostBytes) {
        this.problem = 'too-large';
        return false;
      }
      this.progress = 1;
      await this.#hand(name, bytes);
      return true;
    } catch (error) {
      console.error('Nothing could be exported:', error);
      this.problem = problemOf(error);
      return false;
    } finally {
      this.progress = null;
    }
  }

  #wasCancelled(): boolean {
    return this.#isCancelled;
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  async showSaved(): Promise<void> {
    await this.#bridge.showSavedFile().catch((error: unknown) => console.error('The file could not be shown:', error));
  }

  dismiss(): void {
    this.note = null;
    this.problem = null;
  }

  async #hand(name: string, bytes: Uint8Array): Promise<void> {
    this.note = noteOfSaving(await this.#bridge.saveFile(name, bytes)) ?? this.note;
  }
}

function problemOf(error: unknown): ExportProblem {
  if (error instanceof NoEncoder) return 'no-encoder';
  if (error instanceof TrainingMovedOn) return 'moved-on';
  if (!(error instanceof LearnedError)) return 'unknown';
  switch (error.code) {
    case 'too-large':
      return 'too-large';
    case 'not-kept':
    case 'no-such-moment':
      return 'no-moments';
    case 'worker-gone':
    case 'no-answer':
      return 'worker';
    default:
      return 'unknown';
  }
}
