import { longestSavedBench, type SavedBenchProblem } from '../../../../shared/bench/saved-bench.ts';
import type { Bridge } from '../../../../shared/contract.ts';
import { npyFromArray } from '../../../../shared/npy/npy.ts';
import type { Bench, Computed } from '../../../state/bench/bench.svelte.ts';
import type { BenchNotice } from '../../../state/bench/notice.ts';
import type { BenchArray } from './arrays.ts';
import { benchTextFromSaved, isBenchText, savedFromBenchText } from './bench-text.ts';
import { noteOfSaving, type TakeNote } from './notes.ts';

/** A figure as the files there are of it. */
export type Figures = {
  readonly png: (computed: Computed) => Promise<Blob>;
  readonly svg: (computed: Computed) => Promise<string>;
  /** What it may be called. */
  readonly title: (computed: Computed) => string;
};

/** Names longer than this are cut; main takes at most 120 characters. */
const longestName = 80;

/** How long what is asked for waits for a result that is on its way. */
const patienceMillis = 5000;

/**
 * Takes the bench along: figures, arrays, the bench itself; and brings it back. Each says in `note` what became of it.
 */
export class TakeAlong {
  note = $state.raw<TakeNote | null>(null);
  readonly #bench: Bench;
  readonly #bridge: Pick<Bridge, 'saveFile' | 'showSavedFile'>;
  readonly #figures: Figures;

  constructor(bench: Bench, bridge: Pick<Bridge, 'saveFile' | 'showSavedFile'>, figures: Figures) {
    this.#bench = bench;
    this.#bridge = bridge;
    this.#figures = figures;
  }

  async savePng(): Promise<void> {
    await this.#do(async () => {
      const computed = await this.#settled();
      const blob = await this.#figures.png(computed);
      await this.#save(`${this.#named(computed)}.png`, new Uint8Array(await blob.arrayBuffer()));
    });
  }

  async saveSvg(): Promise<void> {
    await this.#do(async () => {
      const computed = await this.#settled();
      await this.#save(`${this.#named(computed)}.svg`, new TextEncoder().encode(await this.#figures.svg(computed)));
    });
  }

  async copyFigure(): Promise<void> {
    await this.#copy(async () => {
      // Handed over as a promise: the clipboard wants to be asked right after the click.
      const png = this.#settled().then((computed) => this.#figures.png(computed));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
      this.note = { code: 'figure-copied' };
    });
  }

  async saveArray({ id, shape, values }: BenchArray): Promise<void> {
    await this.#do(() => this.#save(`${id}.npy`, npyFromArray(shape, values())));
  }

  async saveBench(): Promise<void> {
    await this.#do(async () => {
      const name = this.#bench.computed ? this.#named(this.#bench.computed) : 'bench';
      await this.#save(`${name}.convolens-bench.json`, new TextEncoder().encode(this.#bench.saved()));
    });
  }

  async copyBench(): Promise<void> {
    await this.#copy(async () => {
      const text = await benchTextFromSaved(this.#bench.saved());
      await navigator.clipboard.writeText(text);
      this.note = { code: 'text-copied', characters: text.length };
    });
  }

  /** Opens a saved bench from a file. */
  async openFile(file: File): Promise<void> {
    await this.#do(async () => {
      // Not read at all: a text of that length would only fill memory.
      if (file.size > longestSavedBench) {
        this.#refuse(file.name, { code: 'too-long' });
        return;
      }
      const text = await file.text().catch(() => null);
      if (text === null) this.#refuse(file.name, { code: 'unreadable' });
      else await this.#open(text, file.name);
    });
  }

  /** Opens a bench that was copied as text, or the contents of a saved one; says whether it could. */
  async openText(text: string): Promise<boolean> {
    await this.#do(() => this.#open(text, ''));
    return this.note?.code === 'opened';
  }

  async showSaved(): Promise<void> {
    await this.#do(() => this.#bridge.showSavedFile());
  }

  dismiss(): void {
    this.note = null;
  }

  async #open(text: string, name: string): Promise<void> {
    const inflated = isBenchText(text) ? await savedFromBenchText(text) : { saved: text };
    if ('problem' in inflated) {
      this.#refuse(name, inflated.problem === 'damaged' ? { code: 'damaged', where: '' } : { code: inflated.problem });
      return;
    }
    this.#bench.restore(inflated.saved);
    const problem = problemFromNotice(this.#bench.notice);
    if (!problem) {
      this.note = { code: 'opened', name };
      return;
    }
    this.#bench.dismissNotice();
    this.#refuse(name, problem);
  }

  #refuse(name: string, problem: Extract<TakeNote, { code: 'not-opened' }>['problem']): void {
    this.note = { code: 'not-opened', name, problem };
  }

  async #save(name: string, bytes: Uint8Array): Promise<void> {
    this.note = noteOfSaving(await this.#bridge.saveFile(name, bytes)) ?? this.note;
  }

  /** What is on the bench, once it has been computed. */
  async #settled(): Promise<Computed> {
    const end = performance.now() + patienceMillis;
    while ((this.#bench.isBusy || !this.#bench.computed) && performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    if (!this.#bench.computed) throw new Error('Nothing has been computed yet');
    return this.#bench.computed;
  }

  #named(computed: Computed): string {
    return this.#figures.title(computed).replace(/:\s/g, ' - ').slice(0, longestName);
  }

  async #do(what: () => Promise<void>): Promise<void> {
    this.note = null;
    try {
      await what();
    } catch (error) {
      console.error('The bench could not be taken along:', error);
      this.note = { code: 'failed', detail: messageOf(error) };
    }
  }

  async #copy(what: () => Promise<void>): Promise<void> {
    this.note = null;
    try {
      await what();
    } catch (error) {
      console.error('Nothing could be copied:', error);
      this.note = { code: 'not-copied', detail: messageOf(error) };
    }
  }
}

/** What the bench says about a saved bench that it could not become. */
function problemFromNotice(notice: BenchNotice | null): SavedBenchProblem | null {
  switch (notice?.code) {
    case 'state-empty':
      return { code: 'empty' };
    case 'state-too-long':
      return { code: 'too-long' };
    case 'state-foreign':
      return { code: 'foreign' };
    case 'state-newer':
      return { code: 'newer' };
    case 'state-damaged':
      return { code: 'damaged', where: notice.detail ?? '' };
    default:
      return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
