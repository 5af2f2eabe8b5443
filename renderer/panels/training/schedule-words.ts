import type { Schedule } from '../../../shared/training/schedule.ts';
import { m } from '../../messages/compiled/messages.js';
import { decimal, percent } from '../../messages/format.ts';

/** What becomes of the learning rate, as a sentence; null where it stays, and for a table, whose rates are shown. */
export function scheduleInWords(schedule: Schedule): string | null {
  switch (schedule.kind) {
    case 'constant':
    case 'table':
      return null;
    case 'step':
      return m.schedule_step({ factor: String(schedule.factor), epochs: decimal(schedule.every) });
    case 'linear':
      return m.schedule_linear({ share: percent(schedule.last, 0) });
    case 'cosine':
      return m.schedule_cosine();
    case 'plateau':
      return m.schedule_plateau({ factor: String(schedule.factor), epochs: decimal(schedule.patience) });
    default:
      return schedule satisfies never;
  }
}
