import type { Schedule } from '../../../shared/training/schedule.ts';

type Rates = Extract<Schedule, { kind: 'table' }>['rates'];

/** From which epoch to which each rate of a table holds, counted from 1. */
export function epochsOf(
  rates: Rates,
): readonly { readonly first: number; readonly last: number; readonly rate: number }[] {
  let before = 0;
  return rates.map(([epochs, rate]) => {
    const first = before + 1;
    before += epochs;
    return { first, last: before, rate };
  });
}

/** The place in the table of the rate that holds in this epoch (from 1; 0: none does yet); the last goes on. */
export function rateInForce(rates: Rates, epoch: number): number {
  if (epoch === 0) return -1;
  const found = epochsOf(rates).findIndex(({ last }) => epoch <= last);
  return found < 0 ? rates.length - 1 : found;
}
