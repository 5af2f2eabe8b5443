import { describe, expect, it } from 'vitest';
import { scrubbed, stepped, unitOf } from './scrub.ts';

describe('the unit of a kernel', () => {
  it.each([
    [[-1, 0, 2], 1],
    [[0, 0], 1],
    [[0.0625, 0.25], 0.1],
    [[3, -10], 10],
    [[1000], 1000],
    [[0.1], 0.1],
  ])('of %j is %d', (weights, unit) => {
    expect(unitOf(weights)).toBeCloseTo(unit, 12);
  });
});

describe('a step', () => {
  it('is a tenth of the unit, a whole one, or a hundredth', () => {
    expect(stepped(2, 1, 1, 'plain')).toBe(2.1);
    expect(stepped(2, -1, 1, 'coarse')).toBe(1);
    expect(stepped(2, 1, 1, 'fine')).toBe(2.01);
  });

  it('leaves no binary tail, and comes back to zero', () => {
    let weight = 0;
    for (let i = 0; i < 3; i++) weight = stepped(weight, 1, 1, 'plain');
    expect(weight).toBe(0.3);
    for (let i = 0; i < 3; i++) weight = stepped(weight, -1, 1, 'plain');
    expect(Object.is(weight, 0)).toBe(true);
  });

  it('never leaves what a weight may be', () => {
    expect(stepped(1e6, 1, 1e6, 'coarse')).toBe(1e6);
    expect(stepped(-1e6, -1, 1e6, 'coarse')).toBe(-1e6);
  });
});

describe('dragging', () => {
  it('takes forty pixels for a unit, and comes back to where it was', () => {
    expect(scrubbed(-2, 40, 1, false)).toBe(-1);
    expect(scrubbed(-2, 0, 1, false)).toBe(-2);
    expect(scrubbed(0.25, -20, 0.1, false)).toBe(0.2);
  });

  it('is ten times finer when it is to be', () => {
    expect(scrubbed(1, 40, 1, true)).toBe(1.1);
  });
});
