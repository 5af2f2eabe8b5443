import { expect, it } from 'vitest';
import { pixelOf } from './colour-table.ts';
import { isLightPixel, tintPixels } from './tint.ts';

it('turns greys into the shades of a channel', () => {
  const grey = pixelOf([100, 100, 100]);
  for (const [channel, colour] of [
    ['red', [100, 0, 0]],
    ['green', [0, 100, 0]],
    ['blue', [0, 0, 100]],
  ] as const) {
    const pixels = Uint32Array.of(grey);
    tintPixels(pixels, channel);
    expect(pixels[0]).toBe(pixelOf(colour));
  }
});

it('knows on which colours dark letters are read', () => {
  expect(
    [
      [255, 255, 255],
      [0, 255, 0],
      [240, 154, 74],
      [0, 0, 255],
      [31, 111, 181],
      [0, 0, 0],
    ].map((colour) => isLightPixel(pixelOf(colour as [number, number, number]))),
  ).toEqual([true, true, true, false, false, false]);
});
