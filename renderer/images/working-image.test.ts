import { describe, expect, it } from 'vitest';
import { fitted, fittedSize } from './fitted.ts';
import { imageFromRgba, rgbFromRgba } from './image-from-rgba.ts';
import { workingImage } from './working-image.ts';

describe('the size of an image', () => {
  it.each([
    [{ height: 427, width: 640 }, 256, { height: 171, width: 256 }],
    [{ height: 640, width: 427 }, 256, { height: 256, width: 171 }],
    [{ height: 128, width: 192 }, 256, { height: 128, width: 192 }],
    [{ height: 2, width: 60_000 }, 1024, { height: 1, width: 1024 }],
  ])('%j fits into %i as %j', (image, side, size) => {
    expect(fittedSize(image, side)).toEqual(size);
  });

  it('is reached by area: each cell is the mean of what it covers, channel by channel', () => {
    const pixels = Uint8Array.of(0, 100, 200, 40, 100, 0, 20, 100, 0, 60, 100, 0);
    expect(fitted({ height: 2, width: 2, channels: 3, pixels }, 1).pixels).toEqual(Uint8Array.of(30, 100, 50));
  });

  it('of an image that is smaller stays, and so does the image', () => {
    const image = { height: 2, width: 3, channels: 1, pixels: new Uint8Array(6) };
    expect(fitted(image, 3)).toBe(image);
  });
});

describe('an image at work', () => {
  const image = { height: 1, width: 2, channels: 3, pixels: Uint8Array.of(255, 0, 51, 0, 102, 255) };

  it('is one plane of luma in [0, 1]', () => {
    const { planes } = workingImage(image, { side: 8, colour: 'grey' });
    expect(planes).toHaveLength(1);
    expect(planes[0]!.values[0]).toBeCloseTo(0.299 + 0.114 * 0.2, 6);
    expect(planes[0]!.values[1]).toBeCloseTo(0.587 * 0.4 + 0.114, 6);
  });

  it('is a plane a channel in colour', () => {
    const { planes } = workingImage(image, { side: 8, colour: 'rgb' });
    expect(planes.map(({ values }) => Array.from(values, (value) => Math.round(value * 255)))).toEqual([
      [255, 0],
      [0, 102],
      [51, 255],
    ]);
  });

  it('is one plane in either colour where it has but one', () => {
    const grey = { height: 1, width: 2, channels: 1, pixels: Uint8Array.of(0, 255) };
    expect(workingImage(grey, { side: 8, colour: 'rgb' })).toEqual(workingImage(grey, { side: 8, colour: 'grey' }));
    expect([...workingImage(grey, { side: 8, colour: 'rgb' }).planes[0]!.values]).toEqual([0, 1]);
  });
});

describe("a canvas's pixels", () => {
  it('are one channel if all are grey, else three', () => {
    const grey = Uint8ClampedArray.of(1, 1, 1, 255, 9, 9, 9, 255);
    const colour = Uint8ClampedArray.of(1, 1, 1, 255, 9, 9, 8, 255);
    expect(imageFromRgba(2, 1, grey)).toEqual({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(1, 9) });
    expect(imageFromRgba(2, 1, colour).pixels).toEqual(Uint8Array.of(1, 1, 1, 9, 9, 8));
    expect(rgbFromRgba(2, 1, grey).channels).toBe(3);
  });
});
