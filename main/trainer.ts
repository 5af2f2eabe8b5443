import { app, MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { once } from 'node:events';
import { join } from 'node:path';
import { channels, type WorkerExit } from '../shared/contract.ts';
import type { Threading } from '../shared/training/threading.ts';
import workerPath from './worker/index.ts?modulePath';
import { MomentsFolders } from './moments-folders.ts';
import { mainWindow, sendToWindow } from './window.ts';
import { onDeath } from './worker-death.ts';
import { workerEnvironment } from './worker-environment.ts';
import { WorkerLog } from './worker-log.ts';

/** How long a worker may take to end when asked, before it is made to: TensorFlow blocks its thread for up to a step. */
const endMillis = 1500;

const serviceName = 'Convolens worker';

/** Forks the native worker, introduces it to the window, and watches over its life. */
export class Trainer {
  readonly #datasets: string;
  readonly #log = new WorkerLog(app.getPath('logs'));
  readonly #moments = new MomentsFolders(join(app.getPath('userData'), 'moments'));
  #worker: UtilityProcess | undefined;
  #starting: Promise<void> = Promise.resolve();

  /** `datasets`: the folder the worker reads datasets from. */
  constructor(datasets: string) {
    this.#datasets = datasets;
  }

  /** Ends a worker that runs and starts another: a fresh process has all its memory and no old state. */
  startFresh(threading: Threading): Promise<void> {
    this.#starting = this.#starting.then(async () => {
      await this.end();
      const worker = this.#fork();
      this.#introduce(worker, threading);
      // Only a spawned process can be ended: who asks twice in a row must not leave one behind.
      await Promise.race([once(worker, 'spawn'), once(worker, 'exit')]);
    });
    return this.#starting;
  }

  /** Ends the worker and removes what it kept on the disk: the app is about to end. */
  quit(): void {
    void this.end();
    this.#moments.removeAll();
  }

  /** Ends the worker; resolves when its process is gone. */
  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker?.pid === undefined) return;
    const { pid } = worker;
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => process.kill(pid, 'SIGKILL'), endMillis);
      worker.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      worker.kill();
    });
  }

  #fork(): UtilityProcess {
    const worker = utilityProcess.fork(workerPath, [], {
      serviceName,
      stdio: 'pipe',
      env: workerEnvironment(process.env),
    });
    worker.stdout?.on('data', (text: Buffer) => this.#log.append(text));
    worker.stderr?.on('data', (text: Buffer) => this.#log.append(text));
    onDeath(worker, serviceName, (exit) => {
      // One that was told to end is no longer the worker.
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      this.#tell(exit);
    });
    this.#worker = worker;
    return worker;
  }

  /** Gives the two ends of one channel to the worker and the page: what they say to each other never passes through main. */
  #introduce(worker: UtilityProcess, threading: Threading): void {
    const { port1, port2 } = new MessageChannelMain();
    const folders = { datasets: this.#datasets, moments: this.#moments.fresh() };
    worker.postMessage({ type: 'port', ...folders, threading }, [port1]);
    mainWindow()?.webContents.postMessage(channels.workerPort, null, [port2]);
  }

  #tell(exit: WorkerExit): void {
    this.#log.append(`The worker ended: ${exit.cause} (${exit.detail})\n`);
    sendToWindow(channels.workerExit, exit);
  }
}
