import { describe, expect, it } from 'vitest';
import { colourStatistics } from './colours.ts';

describe('the statistics of colours', () => {
  it('are those of a calculation by hand', () => {
    // Channels 2 4 6 8 (mean 5, variance 5), 1 1 3 3 (mean 2, variance 1): covariance (−3·−1 − 1·−1 + 1·1 + 3·1) / 4 = 2.
    const { mean, deviation, covariance } = colourStatistics(Uint8Array.from([2, 1, 4, 1, 6, 3, 8, 3]), 2);
    expect(mean[0]).toBeCloseTo(5, 10);
    expect(mean[1]).toBeCloseTo(2, 10);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(5), 10);
    expect(deviation[1]).toBeCloseTo(1, 10);
    expect(covariance[0]![0]).toBeCloseTo(5, 10);
    expect(covariance[0]![1]).toBeCloseTo(2, 10);
    expect(covariance[1]![0]).toBe(covariance[0]![1]);
  });

  it('divide by the number of pixels', () => {
    expect(colourStatistics(Uint8Array.from([255, 0]), 1)).toEqual({
      mean: [127.5],
      deviation: [127.5],
      covariance: [[127.5 ** 2]],
    });
  });

  it('have no deviation where all pixels are the same', () => {
    const { mean, deviation } = colourStatistics(new Uint8Array(300).fill(100), 3);
    expect(mean).toEqual([100, 100, 100]);
    expect(deviation).toEqual([0, 0, 0]);
  });

  it('read every n-th of too many pixels, n odd', () => {
    // Of eight pixels at most four would be every second: every third is read, 0, 3 and 6.
    expect(colourStatistics(Uint8Array.from([1, 0, 0, 4, 0, 0, 7, 0]), 1, 4).mean[0]).toBeCloseTo(4, 10);
  });
});
