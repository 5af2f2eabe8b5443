import type { SaveFailure } from '../../../../shared/contract.ts';
import { m } from '../../../messages/compiled/messages.js';
import { decimal } from '../../../messages/format.ts';
import type { TakeNote } from './notes.ts';

const reasons: Record<SaveFailure, () => string> = {
  'no-space': m.bench_take_no_space,
  'not-permitted': m.bench_take_not_permitted,
  'no-such-folder': m.bench_take_no_such_folder,
  'not-a-file': m.bench_take_not_a_file,
  'name-too-long': m.bench_take_name_too_long,
  unknown: m.bench_take_unknown,
};

/** A note in the language of the window. */
export function noteWords(note: TakeNote): string {
  switch (note.code) {
    case 'saved':
      return m.bench_take_saved({ file: isolated(note.file) });
    case 'not-saved':
      return m.bench_take_not_saved({ file: isolated(note.file), reason: reasons[note.reason]() });
    case 'figure-copied':
      return m.bench_take_figure_copied();
    case 'text-copied':
      return m.bench_take_text_copied({ characters: decimal(note.characters) });
    case 'not-copied':
      return m.bench_take_not_copied({ detail: isolated(note.detail) });
    case 'opened':
      return note.name === '' ? m.bench_take_opened_text() : m.bench_take_opened({ name: isolated(note.name) });
    case 'not-opened': {
      const reason = problemWords(note.problem);
      return note.name === ''
        ? m.bench_take_not_opened_text({ reason })
        : m.bench_take_not_opened({ name: isolated(note.name), reason });
    }
    case 'failed':
      return m.bench_take_failed({ detail: isolated(note.detail) });
    default:
      return note satisfies never;
  }
}

function problemWords(problem: Extract<TakeNote, { code: 'not-opened' }>['problem']): string {
  switch (problem.code) {
    case 'empty':
      return m.bench_take_problem_empty();
    case 'too-long':
      return m.bench_take_problem_too_long();
    case 'foreign':
      return m.bench_take_problem_foreign();
    case 'newer':
      return m.bench_take_problem_newer();
    case 'damaged':
      return problem.where === ''
        ? m.bench_take_problem_damaged()
        : m.bench_take_problem_damaged_at({ where: isolated(problem.where) });
    case 'unreadable':
      return m.bench_take_problem_unreadable();
    default:
      return problem satisfies never;
  }
}

/** A name of any language in a sentence of another: neither turns the other about. */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
