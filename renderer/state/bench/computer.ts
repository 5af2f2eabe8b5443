import type { BenchImage, BenchResult } from '../../../shared/bench/compute.ts';
import type { BenchAnswer, BenchRequest, Sensitivity, Setting } from '../../workers/bench-messages.ts';

/** Who computes for the bench. At most one call of each kind is open at a time. */
export interface Computer {
  /** @throws Error, as a rejection, if the arithmetic failed or whoever does it died: the next call is answered by a fresh one. */
  compute(setting: Setting, image: BenchImage): Promise<BenchResult>;
  /** Likewise; null if it was given up. */
  measure(setting: Setting, image: BenchImage): Promise<Sensitivity | null>;
  /** Something newer is to be computed: gives up the measurement that is under way. */
  giveUpMeasuring(): void;
}

/** How long a worker may compute before it counts as hung; the largest experiment takes a few seconds. */
const patienceMillis = 60_000;

/** Computes in two web workers: one for results, one for what takes ten times as long and may be given up. */
export class WorkerComputer implements Computer {
  readonly #results: WorkerLine;
  readonly #measures: WorkerLine;

  constructor(start: () => Worker) {
    this.#results = new WorkerLine(start);
    this.#measures = new WorkerLine(start);
  }

  async compute(setting: Setting, image: BenchImage): Promise<BenchResult> {
    const answer = await this.#results.ask({ type: 'compute', setting }, image);
    if (answer?.type !== 'computed') throw new Error('The worker answered something else');
    return answer.result;
  }

  async measure(setting: Setting, image: BenchImage): Promise<Sensitivity | null> {
    const answer = await this.#measures.ask({ type: 'measure', setting }, image);
    return answer?.type === 'measured' ? answer.sensitivity : null;
  }

  giveUpMeasuring(): void {
    this.#measures.giveUp();
  }
}

/** One worker that answers one request at a time; it is started when it is first needed, and again after it failed. */
class WorkerLine {
  readonly #start: () => Worker;
  #worker: Worker | null = null;
  /** What the worker holds. */
  #image: BenchImage | null = null;
  #open: { resolve: (answer: BenchAnswer | null) => void; reject: (error: Error) => void } | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** @returns null if it was given up. */
  ask(request: BenchRequest, image: BenchImage): Promise<BenchAnswer | null> {
    return new Promise((resolve, reject) => {
      this.#open = { resolve, reject };
      const worker = (this.#worker ??= this.#started());
      if (this.#image !== image) {
        this.#image = image;
        worker.postMessage({ type: 'image', image } satisfies BenchRequest);
      }
      worker.postMessage(request);
      this.#patience = setTimeout(() => this.#fail('It took too long'), patienceMillis);
    });
  }

  giveUp(): void {
    if (!this.#open) return;
    // A computation cannot be interrupted from outside: its worker goes with it.
    this.#end();
    this.#close()?.resolve(null);
  }

  #started(): Worker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<BenchAnswer>) => {
      const open = this.#close();
      if (data.type === 'failed') open?.reject(new Error(data.message));
      else open?.resolve(data);
    });
    worker.addEventListener('error', (event) => this.#fail(event.message || 'The worker could not be started'));
    worker.addEventListener('messageerror', () => this.#fail('The answer could not be read'));
    return worker;
  }

  #fail(message: string): void {
    this.#end();
    this.#close()?.reject(new Error(message));
  }

  #close(): { resolve: (answer: BenchAnswer | null) => void; reject: (error: Error) => void } | null {
    clearTimeout(this.#patience);
    const open = this.#open;
    this.#open = null;
    return open;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#image = null;
  }
}
