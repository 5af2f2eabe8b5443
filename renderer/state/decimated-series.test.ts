import { describe, expect, it } from 'vitest';
import { DecimatedSeries } from './decimated-series.ts';

describe('a decimated series', () => {
  it('keeps every point while there is room', () => {
    const series = new DecimatedSeries(2, 8);
    series.push(1, 10);
    series.push(2, 20);
    expect(series.columns).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  it('stays within its capacity and keeps the means, however long the run', () => {
    const series = new DecimatedSeries(2, 64);
    for (let step = 1; step <= 100_000; step++) series.push(step, 3);
    expect(series.length).toBeGreaterThanOrEqual(31);
    expect(series.length).toBeLessThan(64);
    expect(series.columns[1]!.every((value) => value === 3)).toBe(true);
    const steps = series.columns[0]!;
    expect(steps.every((step, i) => i === 0 || step > steps[i - 1]!)).toBe(true);
    expect(steps[steps.length - 1]).toBeGreaterThan(95_000);
  });

  it('is empty after clear, and counts from one again', () => {
    const series = new DecimatedSeries(1, 2);
    series.push(1);
    series.push(2);
    series.clear();
    series.push(7);
    expect(series.columns).toEqual([[7]]);
  });
});
