import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Device, WorkerEvent } from '../../../shared/contract.ts';
import { safetensorsFrom } from '../../../shared/safetensors/write.ts';
import { writeFileWhole } from '../../write-file.ts';
import type { Run } from '../run.ts';
import { type RunFile, runFiles } from './run-file.ts';

type Finished = Extract<WorkerEvent, { type: 'finished' }>;

/**
 * Writes a run to a folder of its own, as it goes.
 *
 * `run.json` comes first, without an end; each line of the history as it is said; the weights once training has ended, and then `run.json` again,
 * each whole or not at all. What was killed in between has no end and no weights, and says so.
 */
export class RunWriter {
  readonly #folder: string;
  #device: Device | null = null;
  #testSha256 = '';
  /** Of the history: lines are written in their order. */
  #tail: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Takes a folder for a run: one that is not there yet, or an empty one.
   * @throws Error saying what is there, or what the operating system says.
   */
  static async take(folder: string): Promise<RunWriter> {
    await requireEmpty(folder);
    await mkdir(folder, { recursive: true });
    return new RunWriter(folder);
  }

  /** Training is about to begin. */
  async begin(run: Run, device: Device): Promise<void> {
    this.#device = device;
    this.#testSha256 = testSha256(run);
    await this.#writeRunFile(run, device, null);
  }

  /** Adds to the history. */
  note(event: WorkerEvent): void {
    if (event.type !== 'stepped' && event.type !== 'evaluated') return;
    const line = `${JSON.stringify(event)}\n`;
    const written = this.#tail.then(() => appendFile(join(this.#folder, runFiles.history), line));
    written.catch(() => undefined);
    this.#tail = written;
  }

  /**
   * Training has ended.
   * @throws what the operating system says, also of the history.
   */
  async end(run: Run, finished: Finished): Promise<void> {
    if (!this.#device) throw new Error('A run ends that has not begun');
    await this.#tail;
    const { network } = run.settings;
    const metadata = {
      format: 'convolens-model',
      preset: network.preset,
      switches: JSON.stringify(network.switches),
      step: String(run.step),
    };
    await writeFileWhole(join(this.#folder, runFiles.model), safetensorsFrom([...run.exportTensors()], metadata));
    await this.#writeRunFile(run, this.#device, finished);
  }

  async #writeRunFile(run: Run, device: Device, finished: Finished | null): Promise<void> {
    const { settings, step, stepsPerEpoch, trainImages, testImages } = run;
    const file: RunFile = {
      format: 'convolens-run',
      version: 1,
      app: packageJson.version,
      written: new Date().toISOString(),
      settings,
      step,
      epoch: step / stepsPerEpoch,
      frozen: [...run.frozen],
      edited: run.isEdited,
      dataset: { trainImages, testImages, testSha256: this.#testSha256 },
      device: { ...device, gpus: [...device.gpus] },
      finished: finished && {
        trainLoss: finished.trainLoss,
        testLoss: finished.testLoss,
        testAccuracy: finished.testAccuracy,
        top5Error: finished.top5Error,
        imagesPerSecond: finished.imagesPerSecond,
        weightsSha256: finished.weightsSha256,
      },
    };
    const text = `${JSON.stringify(file, null, 2)}\n`;
    await writeFileWhole(join(this.#folder, runFiles.run), new TextEncoder().encode(text));
  }
}

async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown): string[] => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new Error(`${folder} is not a folder: name one that is empty, or not there yet`);
    throw error;
  });
  if (names.length === 0) return;
  const what = names.includes(runFiles.run) ? 'holds a run already' : 'is not empty, and holds no run';
  throw new Error(`${folder} ${what}: name a folder that is empty, or not there yet`);
}

function testSha256(run: Run): string {
  const hash = createHash('sha256');
  for (let index = 0; index < run.testImages; index += 1) {
    const { pixels, label } = run.testImage(index);
    hash.update(pixels).update(Uint8Array.of(label & 255, label >> 8));
  }
  return hash.digest('hex');
}
