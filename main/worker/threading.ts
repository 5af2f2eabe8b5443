import { availableParallelism } from 'node:os';
import type { Threading } from '../../shared/training/threading.ts';

/** Beyond this many towers a batch's parts get too small to be worth a thread. */
const mostTowers = 8;

/** How TensorFlow's threads are laid out; it reads this once, when it is loaded. */
export type Threads = {
  /** Parts of a batch that run side by side. */
  readonly towers: number;
  /** Ops that run at once, and threads that share one op. */
  readonly interOp: number;
  readonly intraOp: number;
};

/** The threads of `threading` on this machine's cores. */
export function threadsFor(threading: Threading, cores = availableParallelism()): Threads {
  const most = { towers: mostTowers, pair: 2, whole: 1 }[threading];
  const towers = 2 ** Math.floor(Math.log2(Math.min(cores, most)));
  if (towers === 1) return { towers, interOp: cores, intraOp: cores };
  return { towers, interOp: towers, intraOp: Math.max(1, Math.floor(cores / towers)) };
}

/** As many towers as there are, if they can share the batch equally; else the largest half, quarter … that can. */
export function towersSharing(batch: number, towers: number): number {
  let sharing = towers;
  while (batch % sharing !== 0) sharing /= 2;
  return sharing;
}
