import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../setup/root.mjs';

/**
 * @typedef {import('../../../shared/contract.ts').Command} Command
 * @typedef {import('../../../shared/contract.ts').WorkerEvent} WorkerEvent
 * @typedef {import('../../../shared/contract.ts').RunSettings} RunSettings
 * @typedef {{ threading?: import('../../../shared/training/threading.ts').Threading, images?: string }} WorkerOptions
 */

/**
 * All layers, what they give and what they have learned.
 *
 * @type {import('../../../shared/frame/view.ts').FrameView & { layers: null }}
 */
export const wholeView = { layers: null, maps: 'outputs', kernels: 'weights' };

/** The worker keeps no more than this. */
const mostCredits = 4;

/**
 * The lab's own worker, without a window: obeys the commands that the window gives.
 */
export class LabWorker {
  #process;
  /** @type {Set<(event: WorkerEvent) => void>} */
  #listeners = new Set();

  /** @param {WorkerOptions} options */
  constructor({ threading = 'towers', images } = {}) {
    const args = ['serve', '--threading', threading, ...(images ? ['--images', images] : [])];
    this.#process = fork(join(root, 'out', 'main', 'cli.js'), args, { serialization: 'advanced' });
    this.#process.on('message', (message) => {
      for (const listener of this.#listeners) listener(/** @type {WorkerEvent} */ (message));
    });
  }

  get pid() {
    return this.#process.pid ?? 0;
  }

  /** @param {Command} command */
  tell(command) {
    this.#process.send(command);
  }

  /**
   * @param {(event: WorkerEvent) => void} listener
   * @returns {() => void} stops listening
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The next event for which `wanted` holds; a failure of the worker is one here.
   *
   * @param {(event: WorkerEvent) => boolean} wanted
   * @returns {Promise<WorkerEvent>}
   */
  next(wanted) {
    return new Promise((resolve, reject) => {
      const died = () => reject(new Error('The lab’s worker ended by itself'));
      this.#process.once('exit', died);
      const stop = this.listen((event) => {
        if (event.type !== 'failed' && !wanted(event)) return;
        stop();
        this.#process.off('exit', died);
        if (event.type === 'failed') reject(new Error(event.message));
        else resolve(event);
      });
    });
  }

  /**
   * Trains for about so long. Evaluations at an epoch's end are no training, and not counted.
   *
   * @param {number} seconds
   * @param {number} batch images a step
   * @returns {Promise<import('../race.mjs').Turn>}
   */
  async train(seconds, batch) {
    let images = 0;
    let took = 0;
    /** @type {number | undefined} */
    let lastStep;
    const stop = this.listen((event) => {
      if (event.type !== 'stepped') return;
      // The first report says where the turn begins: its own steps are the warm-up.
      if (lastStep !== undefined) {
        const done = (event.step - lastStep) * batch;
        images += done;
        took += done / event.imagesPerSecond;
      }
      lastStep = event.step;
    });
    this.tell({ type: 'train' });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const paused = this.next(({ type }) => type === 'phase');
    this.tell({ type: 'pause' });
    await paused;
    // The report of the last steps follows the phase.
    await this.#answered();
    stop();
    if (images === 0) throw new Error('The turn was too short for a report: give more --seconds');
    return { images, seconds: took };
  }

  /** Takes frames until no credit is left. A watched image is looked at again each time it is chosen. */
  async spendCredits() {
    for (let credits = 0; credits < mostCredits; credits += 1) await this.#answered();
  }

  async close() {
    const exit = once(this.#process, 'exit');
    this.#process.disconnect();
    await exit;
  }

  /** Waits until all that was said before has been answered. */
  async #answered() {
    const answer = this.next(({ type }) => type === 'watched');
    this.tell({ type: 'watch', image: { source: 'test', index: 0 }, view: wholeView });
    await answer;
  }
}

/**
 * @param {string} name
 * @param {RunSettings} settings
 * @param {WorkerOptions} [options]
 * @returns {Promise<import('../race.mjs').Contender & { worker: LabWorker }>}
 */
export async function labContender(name, settings, options) {
  const worker = new LabWorker(options);
  const ready = worker.next((event) => event.type === 'phase' && event.phase === 'ready');
  worker.tell({ type: 'configure', settings });
  await ready;
  const { batch } = settings.hyperParameters;
  return {
    name,
    worker,
    pid: worker.pid,
    run: (seconds) => worker.train(seconds, batch),
    close: () => worker.close(),
  };
}
