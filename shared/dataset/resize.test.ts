import { describe, expect, it } from 'vitest';
import { type ByteImage, middleSquare, resize } from './resize.ts';

function grey(width: number, height: number, valueAt: (x: number, y: number) => number): ByteImage {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => valueAt(i % width, Math.floor(i / width)));
  return { width, height, channels: 1, pixels };
}

function meanOf(pixels: Uint8Array): number {
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
}

/** A picture without a pattern, easily made elsewhere. */
function scrambled(width: number, height: number): ByteImage {
  return grey(width, height, (x, y) => (37 * y + 91 * x + 13 * x * y) % 256);
}

describe('bilinear resizing', () => {
  it('reads between the two pixels around a cell’s centre, by hand', () => {
    // Centres at (0.5, 1.5, 2.5) · 4/3 − 0.5 = 1/6, 3/2, 17/6.
    const row = grey(4, 1, (x) => [0, 60, 120, 240][x]!);
    expect([...resize(row, 3, 1, 'bilinear')]).toEqual([10, 90, 220]);
    // Centres at −0.25, 0.25, 0.75, 1.25; at the edges the outermost pixel.
    const pair = grey(2, 1, (x) => [100, 200][x]!);
    expect([...resize(pair, 4, 1, 'bilinear')]).toEqual([100, 125, 175, 200]);
  });

  // cv2.resize(float64, INTER_LINEAR) of OpenCV 5.0.0, rounded.
  it('agrees with OpenCV where an image shrinks', () => {
    expect([...resize(scrambled(7, 5), 4, 3, 'bilinear')]).toEqual([
      48, 183, 126, 101, 118, 67, 47, 60, 124, 153, 172, 180,
    ]);
  });

  it('agrees with OpenCV where it grows', () => {
    const large = resize(scrambled(7, 5), 9, 8, 'bilinear');
    expect([...large.subarray(0, 9)]).toEqual([0, 61, 131, 145, 17, 88, 159, 144, 34]);
    expect([...large.subarray(63)]).toEqual([148, 73, 99, 153, 65, 176, 145, 143, 238]);
  });

  it('agrees with OpenCV from 28×28 to 16×16', () => {
    const small = resize(scrambled(28, 28), 16, 16, 'bilinear');
    expect([...small.subarray(0, 16)]).toEqual([
      50, 186, 129, 101, 173, 109, 193, 104, 176, 152, 96, 103, 139, 87, 171, 107,
    ]);
    expect([...small.subarray(112, 128)]).toEqual([
      211, 209, 208, 206, 145, 43, 42, 40, 39, 37, 35, 34, 128, 127, 125, 124,
    ]);
    expect(small.reduce((sum, value) => sum + value)).toBe(33276);
  });
});

describe('resizing by area', () => {
  it('takes the mean of what a cell covers, by hand', () => {
    expect([
      ...resize(
        grey(4, 2, (x, y) => 10 * (x + 4 * y)),
        2,
        1,
        'area',
      ),
    ]).toEqual([25, 45]);
    // Each of the two cells covers a pixel and a half.
    expect([
      ...resize(
        grey(3, 1, (x) => [30, 90, 240][x]!),
        2,
        1,
        'area',
      ),
    ]).toEqual([50, 190]);
  });

  // cv2.resize(float64, INTER_AREA) of OpenCV 5.0.0, rounded.
  it('agrees with OpenCV', () => {
    expect([...resize(scrambled(7, 5), 4, 3, 'area')]).toEqual([
      56, 148, 115, 105, 124, 135, 116, 97, 126, 143, 160, 177,
    ]);
  });

  it('keeps the mean', () => {
    for (const [width, height] of [
      [16, 16],
      [9, 21],
      [5, 3],
    ] as const) {
      const small = resize(scrambled(28, 30), width, height, 'area');
      expect(Math.abs(meanOf(small) - meanOf(scrambled(28, 30).pixels))).toBeLessThan(0.5);
    }
  });

  it('keeps channels apart', () => {
    const pixels = Uint8Array.from([10, 100, 200, 30, 100, 0]);
    expect([...resize({ width: 2, height: 1, channels: 3, pixels }, 1, 1, 'area')]).toEqual([20, 100, 100]);
  });
});

describe('any resizing', () => {
  it('leaves one colour one colour', () => {
    for (const value of [0, 1, 127, 255]) {
      const flat = grey(31, 17, () => value);
      for (const method of ['area', 'bilinear'] as const) {
        expect(new Set(resize(flat, 13, 11, method))).toEqual(new Set([value]));
        expect(new Set(resize(flat, 40, 43, method))).toEqual(new Set([value]));
      }
    }
  });

  it('leaves an image alone that has the size already', () => {
    const image = scrambled(9, 7);
    expect(resize(image, 9, 7, 'area')).toEqual(image.pixels);
    expect(resize(image, 9, 7, 'bilinear')).toEqual(image.pixels);
  });
});

describe('the middle square', () => {
  it('is cut from the middle of the longer side', () => {
    const image = grey(8, 4, (x) => 10 * x);
    expect([...middleSquare(image, 4).subarray(0, 4)]).toEqual([20, 30, 40, 50]);
    expect([...middleSquare(image, 2).subarray(0, 2)]).toEqual([25, 45]);
  });

  it('of a very long image takes only what it shows', () => {
    const line = grey(100_000, 1, () => 50);
    expect(new Set(middleSquare(line, 256))).toEqual(new Set([50]));
    expect(
      new Set(
        middleSquare(
          grey(1, 100_000, () => 50),
          256,
        ),
      ),
    ).toEqual(new Set([50]));
  });
});
