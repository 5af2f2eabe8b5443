import { m } from '../../messages/compiled/messages.js';
import type { LearnedErrorCode } from '../../state/learned.svelte.ts';

/** Why a moment, or what is kept of a layer, could not be had, and what helps. */
export function problemWords(code: LearnedErrorCode): string {
  switch (code) {
    case 'no-such-moment':
      return m.time_problem_gone();
    case 'not-kept':
      return m.time_problem_not_kept();
    case 'worker-gone':
      return m.time_problem_worker();
    case 'no-answer':
      return m.time_problem_silent();
    default:
      return m.time_problem_unreadable();
  }
}
