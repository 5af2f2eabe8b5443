import { describe, expect, it } from 'vitest';
import { learningRateAt, type Schedule } from './schedule.ts';

/** The rate after `epochsDone` of 20 epochs of 100 steps. */
function rateAfter(schedule: Schedule, epochsDone: number, plateauDrops = 0): number {
  return learningRateAt(schedule, 0.1, { step: epochsDone * 100, stepsPerEpoch: 100, epochs: 20, plateauDrops });
}

describe('the learning rate', () => {
  it('stays where it is when constant', () => {
    expect(rateAfter({ kind: 'constant' }, 19.99)).toBe(0.1);
  });

  it('falls by its factor at the end of every fifth epoch', () => {
    const fifth: Schedule = { kind: 'step', factor: 0.5, every: 5 };
    expect([0, 4.99, 5, 9.99, 10].map((epochs) => rateAfter(fifth, epochs))).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  });

  it('follows the table of LeCun et al. (1998), and its last rate for as long as it takes', () => {
    const table: Schedule = {
      kind: 'table',
      rates: [
        [2, 5e-4],
        [3, 2e-4],
        [3, 1e-4],
        [4, 5e-5],
        [8, 1e-5],
      ],
    };
    const rates = [0, 1.99, 2, 4.99, 5, 7.99, 8, 11.99, 12, 19.99, 30].map((epochs) => rateAfter(table, epochs));
    expect(rates).toEqual([5e-4, 5e-4, 2e-4, 2e-4, 1e-4, 1e-4, 5e-5, 5e-5, 1e-5, 1e-5, 1e-5]);
  });

  it('goes down a line from the first epoch to the last, and not within one', () => {
    const third: Schedule = { kind: 'linear', last: 1 / 3 };
    expect(rateAfter(third, 0)).toBe(0.1);
    expect(rateAfter(third, 0.99)).toBe(0.1);
    // 0.1 · (1 − 2/3 · 9/19)
    expect(rateAfter(third, 9.5)).toBeCloseTo(0.068421, 6);
    expect(rateAfter(third, 19)).toBeCloseTo(0.1 / 3, 12);
  });

  it('goes down half a cosine', () => {
    // cos 60° = 1/2, cos 90° = 0
    expect(rateAfter({ kind: 'cosine' }, 20 / 3)).toBeCloseTo(0.075, 4);
    expect(rateAfter({ kind: 'cosine' }, 10)).toBeCloseTo(0.05, 12);
    expect(rateAfter({ kind: 'cosine' }, 20)).toBeCloseTo(0, 12);
    expect(rateAfter({ kind: 'cosine', last: 0.1 }, 20)).toBeCloseTo(0.01, 12);
  });

  it('falls once for each plateau that was met', () => {
    const plateau: Schedule = { kind: 'plateau', factor: 0.1, patience: 5 };
    expect([0, 1, 3].map((drops) => rateAfter(plateau, 15, drops))).toEqual([0.1, 0.1 * 0.1, 0.1 * 0.1 ** 3]);
  });
});
