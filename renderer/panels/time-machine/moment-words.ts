import type { Moment } from '../../../shared/contract.ts';
import { m } from '../../messages/compiled/messages.js';
import { decimal, percent } from '../../messages/format.ts';

/** A moment in a few words: step, loss and accuracy as they were. */
export function momentWords({ step, loss, accuracy }: Moment): string {
  const words = m.time_step({ step: ltr(decimal(step)) });
  if (loss === null || accuracy === null) return `${words} · ${m.time_before_training()}`;
  return `${words} · ${m.time_moment_numbers({ loss: ltr(decimal(loss, 3)), accuracy: ltr(percent(accuracy)) })}`;
}

/** A number keeps its direction in a sentence of any. */
export function ltr(text: string): string {
  return `\u2066${text}\u2069`;
}
