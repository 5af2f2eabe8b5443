import { describe, expect, it } from 'vitest';
import { axisOf, epochTicks, nearestMoment, stepTicks } from './axis.ts';

describe('the axis of time', () => {
  it('begins at 0 and ends at the last step, in both kinds', () => {
    for (const kind of ['log', 'linear'] as const) {
      const axis = axisOf(kind, 4690);
      expect(axis.at(0)).toBe(0);
      expect(axis.at(4690)).toBe(1);
    }
  });

  it('gives early steps more room when it is logarithmic', () => {
    expect(axisOf('linear', 1000).at(100)).toBeCloseTo(0.1);
    expect(axisOf('log', 1000).at(100)).toBeCloseTo(Math.log(101) / Math.log(1001));
  });

  it('has room for a step before the first', () => {
    expect(axisOf('log', 0).at(0)).toBe(0);
    expect(axisOf('linear', 0).last).toBe(1);
  });

  it('marks epochs that have room', () => {
    expect(epochTicks(axisOf('linear', 4690), 469, 0.05).map(({ epoch }) => epoch)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(epochTicks(axisOf('linear', 46_900), 469, 0.05).map(({ epoch }) => epoch)).toEqual([
      5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100,
    ]);
    expect(epochTicks(axisOf('log', 4690), 469, 0.05).map(({ epoch }) => epoch)).toEqual([1, 2, 4, 8]);
    expect(epochTicks(axisOf('log', 100), 469, 0.05)).toEqual([]);
    expect(epochTicks(axisOf('log', 100), 0, 0.05)).toEqual([]);
  });

  it('writes steps that have room', () => {
    expect(stepTicks(axisOf('log', 5000), 0.05).map(({ step }) => step)).toEqual([0, 1, 10, 100, 1000]);
    expect(stepTicks(axisOf('linear', 5000), 0.15).map(({ step }) => step)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
  });

  it('finds the moment nearest to a place', () => {
    const list = [0, 1, 10, 100, 1000].map((step) => ({ step }));
    const axis = axisOf('log', 1000);
    expect(nearestMoment(list, axis, -1)).toBe(0);
    expect(nearestMoment(list, axis, 2)).toBe(4);
    list.forEach(({ step }, i) => expect(nearestMoment(list, axis, axis.at(step) + 0.01)).toBe(i));
    expect(nearestMoment([], axis, 0.5)).toBe(-1);
  });
});
