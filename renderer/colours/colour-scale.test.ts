import { describe, expect, it } from 'vitest';
import { plane } from '../../shared/math/plane.ts';
import { scaleFor, scalesFor } from './colour-scale.ts';

const automatic = { colours: 'automatic' } as const;
const row = (...values: number[]) => plane(1, values.length, values);

describe('a colour scale', () => {
  it('starts at zero for a map without negative numbers', () => {
    expect(scaleFor([row(0.5, 2, 4)], automatic)).toMatchObject({ min: 0, max: 4, isSigned: false });
  });

  it('lies around zero for a map with negative numbers', () => {
    expect(scaleFor([row(-1, 2, 4)], automatic)).toMatchObject({ min: -4, max: 4, isSigned: true });
    expect(scaleFor([row(-5, 2, 4)], automatic)).toMatchObject({ min: -5, max: 5, isSigned: true });
  });

  it('lies around zero wherever diverging colours are wanted', () => {
    expect(scaleFor([row(0, 2)], { colours: 'blue-orange' })).toMatchObject({ min: -2, max: 2, isSigned: true });
  });

  it('starts where the map does if that stays far from zero', () => {
    expect(scaleFor([row(0.48, 0.5, 0.52)], automatic)).toMatchObject({
      min: plane(1, 1, [0.48]).values[0],
      isSigned: false,
    });
  });

  it.each([0, 3, -3])('has a width for a map of nothing but %d', (value) => {
    const { min, max } = scaleFor([row(value, value, value)], automatic);
    expect(max).toBeGreaterThan(min);
    expect(min).toBeLessThanOrEqual(value);
    expect(max).toBeGreaterThanOrEqual(value);
  });

  it('has a width for nothing at all, and for numbers too large for float32', () => {
    expect(scaleFor([], automatic)).toMatchObject({ min: 0, max: 1 });
    const { min, max } = scaleFor([row(1, Number.POSITIVE_INFINITY)], automatic);
    expect(max - min).toBe(1);
  });

  it('leaves few far stronger numbers beyond it, and says so', () => {
    const map = row(...Array.from({ length: 1000 }, (_, i) => (i === 7 ? 100 : i / 1000)));
    const scale = scaleFor([map], automatic);
    expect(scale.max).toBeGreaterThanOrEqual(0.999);
    expect(scale.max).toBeLessThan(1.1);
    expect(scale).toMatchObject({ isCutAbove: true, isCutBelow: false });
  });

  it('shows one bright cell in the dark as what it is', () => {
    const map = row(...Array.from({ length: 1000 }, (_, i) => (i === 7 ? 100 : 0)));
    expect(scaleFor([map], automatic)).toMatchObject({ min: 0, max: 100, isCutAbove: false });
  });

  it('is exact where no number stands out', () => {
    const map = row(...Array.from({ length: 1000 }, (_, i) => i));
    expect(scaleFor([map], automatic)).toMatchObject({ min: 0, max: 999, isCutAbove: false });
  });
});

it('is the same scale for the same maps and colours, and another for others', () => {
  const [one, other] = [row(1, 2), row(3, 4)];
  const scale = scaleFor([one, other], automatic);
  expect(scaleFor([one, other], automatic)).toBe(scale);
  expect(scaleFor([one], automatic)).not.toBe(scale);
  expect(scaleFor([one, other], { colours: 'grey' }).colours).toBe('grey');
});

describe('scales of several maps', () => {
  const maps = [row(0, 1), row(-3, 2)];

  it('are one and the same where they are shared', () => {
    const [first, second] = scalesFor(maps, { colours: 'automatic', scale: 'shared' });
    expect(first).toBe(second);
    expect(first).toMatchObject({ min: -3, max: 3, isShared: true });
  });

  it('are each its own where not', () => {
    expect(scalesFor(maps, { colours: 'automatic', scale: 'own' })).toMatchObject([
      { min: 0, max: 1, isShared: false },
      { min: -3, max: 3, isShared: false },
    ]);
  });
});
