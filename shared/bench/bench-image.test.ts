import { expect, it } from 'vitest';
import { plane } from '../math/plane.ts';
import { benchImageFrom } from './bench-image.ts';

/** Red and half grey, side by side. */
const coloured = { height: 1, width: 2, channels: 3, pixels: Uint8Array.of(255, 0, 0, 51, 51, 51) };

it('has a plane a channel, from 0 to 1', () => {
  expect(benchImageFrom(coloured, 'rgb')).toEqual({
    height: 1,
    width: 2,
    planes: [plane(1, 2, [1, 0.2]), plane(1, 2, [0, 0.2]), plane(1, 2, [0, 0.2])],
  });
});

it('is one plane of luma in grey', () => {
  const { planes } = benchImageFrom(coloured, 'grey');
  expect(planes).toHaveLength(1);
  expect(planes[0]!.values[0]).toBeCloseTo(0.299, 6);
  expect(planes[0]!.values[1]).toBeCloseTo(0.2, 6);
});

it('is one plane in either colour if the image is grey itself', () => {
  const grey = { height: 2, width: 1, channels: 1, pixels: Uint8Array.of(0, 255) };
  for (const colour of ['grey', 'rgb'] as const) {
    expect(benchImageFrom(grey, colour)).toEqual({ height: 2, width: 1, planes: [plane(2, 1, [0, 1])] });
  }
});
