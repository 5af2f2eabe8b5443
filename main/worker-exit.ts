import { constants } from 'node:os';
import type { WorkerExit } from '../shared/contract.ts';

/** What Chromium says about a process that did not end by itself; it says nothing about one that did. */
export type Gone =
  'clean-exit' | 'abnormal-exit' | 'killed' | 'crashed' | 'oom' | 'launch-failed' | 'integrity-failure';

/**
 * Names the end of a worker process.
 *
 * Measured on Linux (Electron 33): a process that a signal ended reports the signal's number as its code, `kill -9` 9 and killed,
 * SIGSEGV 11 and crashed, SIGABRT 6 and crashed; an uncaught error reports 1 and no word of Chromium's, process.exit(7) 7 and none.
 * Only the word tells a signal from an exit code. A full V8 heap is a SIGABRT like any other: what it said on its standard error
 * before (`lastWords`) tells.
 */
export function nameExit(
  code: number,
  gone: Gone | undefined,
  lastWords: string,
  platform: NodeJS.Platform,
): WorkerExit {
  const signal = platform === 'win32' ? undefined : signalName(code);
  if (gone === 'launch-failed' || gone === 'integrity-failure') return { cause: 'not-started', detail: String(code) };
  if (gone === 'killed' || gone === 'crashed') {
    const cause = gone === 'crashed' && outOfMemory.test(lastWords) ? 'out-of-memory' : gone;
    return { cause, detail: signal ?? hexadecimal(code) };
  }
  return { cause: gone === 'oom' ? 'out-of-memory' : 'exited', detail: String(code) };
}

/** V8's, and the C++ runtime's under TensorFlow. */
const outOfMemory = /heap out of memory|std::bad_alloc/;

/** Windows documents its crash codes as unsigned hexadecimal numbers. */
function hexadecimal(code: number): string {
  return `0x${(code >>> 0).toString(16).toUpperCase()}`;
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
