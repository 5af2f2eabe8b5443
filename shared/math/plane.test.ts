import { describe, expect, it } from 'vitest';
import { mapPlane, plane, summarise } from './plane.ts';

describe('a plane', () => {
  it('refuses values that do not fill it', () => {
    expect(() => plane(2, 3, [1, 2])).toThrow('A plane of 2×3 holds 6 values, not 2');
  });

  it('says its smallest, largest and mean value', () => {
    expect(summarise(plane(2, 2, [1, -2, 4, 1]))).toEqual({ min: -2, max: 4, mean: 1 });
  });

  it('has no mean when it is empty', () => {
    expect(() => summarise(plane(0, 0, []))).toThrow(RangeError);
  });

  it('changes each value and keeps its size', () => {
    expect(mapPlane(plane(1, 2, [-1, 2]), Math.abs)).toEqual(plane(1, 2, [1, 2]));
  });
});
