import { expect, it } from 'vitest';
import { gradientByDifferences } from './differences.ts';
import { squash, squashSlope } from './squash.ts';

it('squashes 1 to 1 and −1 to −1, as its constants were chosen to', () => {
  expect(squash(1)).toBeCloseTo(1, 4);
  expect(squash(-1)).toBeCloseTo(-1, 4);
});

it('has the slope that differences find', () => {
  for (const at of [-3, -0.4, 0, 0.9, 2.5]) {
    const [slope] = gradientByDifferences(([value]) => squash(value!), Float64Array.of(at));
    expect(squashSlope(squash(at))).toBeCloseTo(slope!, 8);
  }
});
