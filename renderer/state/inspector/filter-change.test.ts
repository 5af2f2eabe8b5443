import { describe, expect, it } from 'vitest';
import { changed, copied, type FilterWeights, isSameFilter, planeOf, withPlane } from './filter-change.ts';

/** 3×3 of two channels: 0 … 8 in the first, 10 … 18 in the second. */
const filter: FilterWeights = {
  filter: 1,
  shape: [3, 3, 2],
  weights: Float32Array.from({ length: 18 }, (_, i) => Math.floor(i / 2) + 10 * (i % 2)),
  bias: 0.5,
};
const planes = (of: FilterWeights) => [planeOf(of, 0), planeOf(of, 1)].map((plane) => Array.from(plane));

describe('a filter that is changed', () => {
  it('has no weights and no bias when it is muted', () => {
    const muted = changed(filter, 'mute', null);
    expect(muted.weights.every((weight) => weight === 0)).toBe(true);
    expect(muted.bias).toBe(0);
  });

  it('keeps its bias and its other channels when one channel is muted', () => {
    const muted = changed(filter, 'mute', 1);
    expect(planes(muted)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8], Array(9).fill(0)]);
    expect(muted.bias).toBe(0.5);
  });

  it('changes the sign of everything when it is negated, and has no −0', () => {
    const negated = changed(filter, 'negate', null);
    expect(planes(negated)[0]).toEqual([0, -1, -2, -3, -4, -5, -6, -7, -8]);
    expect(Object.is(negated.weights[0], 0)).toBe(true);
    expect(negated.bias).toBe(-0.5);
    expect(changed({ ...filter, bias: null }, 'negate', null).bias).toBeNull();
  });

  it('turns clockwise, channel by channel', () => {
    expect(planes(changed(filter, 'rotate', null))).toEqual([
      [6, 3, 0, 7, 4, 1, 8, 5, 2],
      [16, 13, 10, 17, 14, 11, 18, 15, 12],
    ]);
    const whole = [1, 2, 3, 4].reduce((old) => changed(old, 'rotate', null), filter);
    expect(isSameFilter(whole, filter)).toBe(true);
  });

  it('is mirrored left to right, or top to bottom', () => {
    expect(planes(changed(filter, 'flip-horizontal', 0))[0]).toEqual([2, 1, 0, 5, 4, 3, 8, 7, 6]);
    expect(planes(changed(filter, 'flip-vertical', 0))[0]).toEqual([6, 7, 8, 3, 4, 5, 0, 1, 2]);
    expect(planes(changed(filter, 'flip-vertical', 0))[1]).toEqual(planes(filter)[1]);
  });

  it('takes another’s weights and keeps its own place', () => {
    const other = { ...changed(filter, 'mute', null), filter: 7, bias: 3 };
    expect(copied(filter, other, null)).toMatchObject({ filter: 1, bias: 3, weights: other.weights });
    expect(planes(copied(filter, other, 0))).toEqual([Array(9).fill(0), planes(filter)[1]]);
    expect(copied(filter, other, 0).bias).toBe(0.5);
  });

  it('leaves what it was made from as it is', () => {
    const before = filter.weights.slice();
    withPlane(filter, 0, Array<number>(9).fill(5));
    expect(filter.weights).toEqual(before);
  });
});
