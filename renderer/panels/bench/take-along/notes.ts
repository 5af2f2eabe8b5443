import type { SavedBenchProblem } from '../../../../shared/bench/saved-bench.ts';
import type { SaveFailure } from '../../../../shared/contract.ts';

/** What became of what was asked for, for the note to word. */
export type TakeNote =
  | { readonly code: 'saved'; readonly file: string }
  | { readonly code: 'not-saved'; readonly file: string; readonly reason: SaveFailure }
  | { readonly code: 'figure-copied' }
  | { readonly code: 'text-copied'; readonly characters: number }
  | { readonly code: 'not-copied'; readonly detail: string }
  | { readonly code: 'opened'; readonly name: string }
  | {
      readonly code: 'not-opened';
      readonly name: string;
      readonly problem: SavedBenchProblem | { readonly code: 'unreadable' };
    }
  | { readonly code: 'failed'; readonly detail: string };

/** Whether a note tells of trouble: such a note stays until it is closed. */
export function isTrouble({ code }: TakeNote): boolean {
  return code === 'not-saved' || code === 'not-copied' || code === 'not-opened' || code === 'failed';
}
