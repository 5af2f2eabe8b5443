import * as v from 'valibot';
import { hyperParametersSchema, type HyperParameters } from '../../../shared/contract.ts';
import { m } from '../../messages/compiled/messages.js';

/** Those that are typed as a number. */
export type HyperParameterName = keyof Pick<HyperParameters, 'learningRate' | 'momentum' | 'batch' | 'epochs' | 'seed'>;

/** What each may be, as a sentence in the window's language. */
const rules: Record<HyperParameterName, () => string> = {
  learningRate: m.rule_learning_rate,
  momentum: m.rule_momentum,
  batch: m.rule_batch,
  epochs: m.rule_epochs,
  seed: m.rule_seed,
};

/** @returns what is wrong with a value (null: no number was typed), or null if nothing is. */
export function problemWith(name: HyperParameterName, value: number | null): string | null {
  const allowed = v.is(hyperParametersSchema.entries[name], value);
  // The worker takes a learning rate of zero; for a person it is a slip.
  if (allowed && !(name === 'learningRate' && value === 0)) return null;
  return rules[name]();
}
