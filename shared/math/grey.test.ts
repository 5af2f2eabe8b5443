import { expect, it } from 'vitest';
import { greyFromRgb } from './grey.ts';

it('weighs green most and blue least, as BT.601 does', () => {
  expect(greyFromRgb(255, 0, 0)).toBeCloseTo(76.245, 10);
  expect(greyFromRgb(0, 255, 0)).toBeCloseTo(149.685, 10);
  expect(greyFromRgb(0, 0, 255)).toBeCloseTo(29.07, 10);
  expect(greyFromRgb(1, 1, 1)).toBeCloseTo(1, 12);
});
