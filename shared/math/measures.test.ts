import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { keptContrast, keptEnergy, relativeChange } from './measures.ts';
import { plane, summarise } from './plane.ts';
import { pool } from './pool.ts';

const row = (...values: number[]) => plane(1, values.length, values);

describe('kept energy', () => {
  it('is the mean square after ÷ before', () => {
    expect(keptEnergy(row(1, -1, 2, 2), row(2, 1))).toBe(1);
    expect(keptEnergy(row(1, 1, 1, -3), row(0))).toBe(0);
    expect(keptEnergy(row(0, 0), row(3))).toBe(0);
  });

  it('is 1 for L2, at most 1 for the average and at most size² for max, of windows side by side', () => {
    const dice = new Dice(2);
    for (let turn = 0; turn < 20; turn++) {
      const map = plane(12, 18, dice.numbers(216));
      const kept = (method: 'l2' | 'average' | 'max') => keptEnergy(map, pool(map, { method, size: 3 }));
      expect(kept('l2')).toBeCloseTo(1, 6);
      expect(kept('average')).toBeLessThan(1);
      expect(kept('max')).toBeLessThanOrEqual(9);
      expect(kept('max')).toBeGreaterThan(0);
    }
  });
});

describe('edge contrast', () => {
  const contrast = (map: ReturnType<typeof row>, pooled: ReturnType<typeof row>) =>
    keptContrast(summarise(map), summarise(pooled));

  it('is how far the strongest stands above the mean, after ÷ before', () => {
    // 4 above a mean of 1 before, 4 above 2 after.
    expect(contrast(row(0, 0, 0, 4), row(0, 4))).toBeCloseTo(2 / 3, 12);
    expect(contrast(row(0, 0, 0, 4), row(0, 2))).toBeCloseTo(1 / 3, 12);
    expect(contrast(row(5, 5), row(5))).toBe(0);
  });

  it('is higher for max than for the average where a thin line runs through the map', () => {
    const line = plane(
      12,
      12,
      Array.from({ length: 144 }, (_, i) => (i % 12 === 5 ? 1 : 0)),
    );
    const of = (method: 'max' | 'average') => contrast(line, pool(line, { method, size: 3 }));
    expect(of('max')).toBeCloseTo(0.75 / (11 / 12), 6);
    expect(of('average')).toBeCloseTo(of('max') / 3, 6);
  });
});

describe('relative change', () => {
  it('is the length of the difference ÷ the length of what was before', () => {
    expect(relativeChange(row(3, 4), row(3, 4))).toBe(0);
    expect(relativeChange(row(3, 4), row(0, 0))).toBe(1);
    expect(relativeChange(row(3, 4), row(-3, -4))).toBe(2);
    expect(relativeChange(row(1, 0), row(0, 1))).toBeCloseTo(Math.SQRT2, 12);
    expect(relativeChange(row(0, 0), row(0, 0))).toBe(0);
    expect(relativeChange(row(0, 0), row(0, 5))).toBe(1);
  });
});
