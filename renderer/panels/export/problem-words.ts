import { m } from '../../messages/compiled/messages.js';
import type { ExportProblem } from './saving.svelte.ts';

const words: Record<ExportProblem, () => string> = {
  'too-large': m.export_problem_too_large,
  'moved-on': m.export_problem_moved_on,
  'no-encoder': m.export_problem_no_encoder,
  'no-moments': m.export_problem_no_moments,
  worker: m.export_problem_worker,
  unknown: m.export_problem_unknown,
};

/** Why nothing was saved, and what helps. */
export function problemWords(problem: ExportProblem): string {
  return words[problem]();
}
