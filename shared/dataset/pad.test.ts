import { describe, expect, it } from 'vitest';
import { padded } from './pad.ts';

describe('padding', () => {
  it('puts background around every image, row by row', () => {
    const { pixels, shape } = padded(Uint8Array.from([1, 2, 3, 4]), [1, 2, 1], 1);
    expect(shape).toEqual([3, 4, 1]);
    expect([...pixels]).toEqual([0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0]);
  });

  it('keeps channels together', () => {
    const { pixels } = padded(Uint8Array.from([7, 8, 9]), [1, 1, 3], 1);
    expect([...pixels.subarray(12, 15)]).toEqual([7, 8, 9]);
    expect(pixels.reduce((sum, value) => sum + value)).toBe(24);
  });

  it('makes 32×32 of 28×28 with two cells, and leaves no pixel out', () => {
    const digit = Uint8Array.from({ length: 28 * 28 }, (_, index) => index % 251);
    const { pixels, shape } = padded(digit, [28, 28, 1], 2);
    expect(shape).toEqual([32, 32, 1]);
    for (const [y, x] of [
      [0, 0],
      [27, 27],
      [13, 5],
    ] as const) {
      expect(pixels[(y + 2) * 32 + x + 2]).toBe(digit[y * 28 + x]);
    }
    expect(pixels.subarray(0, 2 * 32 + 2).every((value) => value === 0)).toBe(true);
  });
});
