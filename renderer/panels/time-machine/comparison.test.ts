import { describe, expect, it } from 'vitest';
import { plane } from '../../../shared/math/plane.ts';
import { changeBetween, differenceOf } from './comparison.ts';

describe('how far a plane went', () => {
  const a = plane(1, 4, [1, 2, 3, 4]);

  it('is the difference, number by number', () => {
    const b = plane(1, 4, [1, 0, 3, 8]);
    expect([...differenceOf(a, b).values]).toEqual([0, -2, 0, 4]);
    const { mean, largest, relative } = changeBetween(a, b);
    expect([mean, largest]).toEqual([1.5, 4]);
    expect(relative).toBeCloseTo(Math.sqrt(20 / 30));
  });

  it('is correlated by its shape, not its scale', () => {
    expect(changeBetween(a, plane(1, 4, [10, 20, 30, 40])).correlation).toBeCloseTo(1);
    expect(changeBetween(a, plane(1, 4, [4, 3, 2, 1])).correlation).toBeCloseTo(-1);
  });

  it('has no share of nothing and no correlation with what is flat', () => {
    const nothing = plane(1, 4, [0, 0, 0, 0]);
    expect(changeBetween(nothing, a)).toMatchObject({ relative: null, correlation: null });
  });

  it('refuses planes of different sizes', () => {
    expect(() => changeBetween(a, plane(1, 2, [1, 2]))).toThrow('Planes of 4 and 2 numbers have no difference');
  });
});
