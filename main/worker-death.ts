import { app, type Details, type Event, type UtilityProcess } from 'electron';
import type { WorkerExit } from '../shared/contract.ts';
import { Ring } from './ring.ts';
import { nameExit, type Gone } from './worker-exit.ts';

/** Chromium's word about a dead process follows the exit event after 0–2 ms (measured); it stays away when there is nothing to add. */
const wordMillis = 50;

const lastWordsBytes = 4096;

/** Calls `listener` once, when the worker's process is gone, with how it ended. */
export function onDeath(worker: UtilityProcess, serviceName: string, listener: (exit: WorkerExit) => void): void {
  const lastWords = new Ring(lastWordsBytes);
  worker.stderr?.on('data', (text: Buffer) => lastWords.push(text));
  worker.once('exit', (code) => {
    let gone: Gone | undefined;
    const note = (_event: Event, details: Details): void => {
      if (details.name === serviceName && details.exitCode === code) gone = details.reason;
    };
    app.on('child-process-gone', note);
    setTimeout(() => {
      app.off('child-process-gone', note);
      listener(nameExit(code, gone, lastWords.drain().toString(), process.platform));
    }, wordMillis);
  });
}
