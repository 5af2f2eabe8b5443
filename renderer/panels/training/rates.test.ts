import { describe, expect, it } from 'vitest';
import { epochsOf, rateInForce } from './rates.ts';

const rates = [
  [82, 0.1],
  [41, 0.01],
  [41, 0.001],
] as const;

describe('a table of rates', () => {
  it('says from which epoch to which each holds', () => {
    expect(epochsOf(rates).map(({ first, last }) => [first, last])).toEqual([
      [1, 82],
      [83, 123],
      [124, 164],
    ]);
  });

  it('has none in force before the first step, and its last for as long as it takes', () => {
    expect([0, 1, 82, 83, 164, 200].map((epoch) => rateInForce(rates, epoch))).toEqual([-1, 0, 0, 1, 2, 2]);
  });
});
