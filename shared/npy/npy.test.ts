import { describe, expect, it } from 'vitest';
import { npyFromArray } from './npy.ts';
import { takenApart } from './testing/taken-apart.ts';

describe('a NumPy file', () => {
  it('says that it holds little-endian float32 in C order, and in which shape', () => {
    const { mark, length, header, values } = takenApart(
      npyFromArray([2, 3], Float32Array.of(1, -2.5, 0, 1e30, 0.1, 6)),
    );
    expect(mark).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    expect((10 + length) % 64).toBe(0);
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
    expect(values).toEqual([...Float32Array.of(1, -2.5, 0, 1e30, 0.1, 6)]);
  });

  it.each([
    [[4], '(4,)'],
    [[], '()'],
    [[2, 1, 2], '(2, 1, 2)'],
    [[0, 3], '(0, 3)'],
  ])('of shape %j has the tuple %s', (shape, tuple) => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    expect(takenApart(npyFromArray(shape, values)).header).toContain(`'shape': ${tuple}, }`);
  });

  it('holds the values of a view, not of the buffer behind it', () => {
    const all = Float32Array.of(1, 2, 3, 4, 5);
    expect(takenApart(npyFromArray([2], all.subarray(2, 4))).values).toEqual([3, 4]);
  });

  it('is not made of another number of values than its shape has', () => {
    expect(() => npyFromArray([2, 2], new Float32Array(3))).toThrow('An array of 2×2 holds 4 numbers, not 3');
  });
});
