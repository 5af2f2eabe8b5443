import type { SavedBenchProblem } from '../../../../shared/bench/saved-bench.ts';
import type { SaveAnswer, SaveFailure } from '../../../../shared/contract.ts';

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

/** What is said of a file that was handed over to be saved; null where the person thought better of it. */
export function noteOfSaving(answer: SaveAnswer): TakeNote | null {
  switch (answer.outcome) {
    case 'saved':
      return { code: 'saved', file: answer.file };
    case 'failed':
      return { code: 'not-saved', file: answer.file, reason: answer.reason };
    case 'cancelled':
      return null;
    default:
      return answer satisfies never;
  }
}

/** Whether a note tells of trouble: such a note stays until it is closed. */
export function isTrouble({ code }: TakeNote): boolean {
  return code === 'not-saved' || code === 'not-copied' || code === 'not-opened' || code === 'failed';
}
