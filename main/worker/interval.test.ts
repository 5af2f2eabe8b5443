import { describe, expect, it } from 'vitest';
import { Interval } from './interval.ts';

describe('an interval', () => {
  it('is due at once, and then not before its time', () => {
    const interval = new Interval(30, 8);
    expect(interval.isDue(0)).toBe(true);
    interval.done(0, 2);
    expect([31, 32].map((now) => interval.isDue(now))).toEqual([false, true]);
  });

  it('grows with what is done, but for the first time', () => {
    const interval = new Interval(30, 8);
    interval.done(0, 1000);
    expect(interval.isDue(1030)).toBe(true);
    interval.done(1030, 1130);
    expect([1929, 1930].map((now) => interval.isDue(now))).toEqual([false, true]);
    interval.restart();
    expect(interval.isDue(1131)).toBe(true);
  });
});
