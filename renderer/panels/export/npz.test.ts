import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { takenApart } from '../../../shared/npy/testing/taken-apart.ts';
import { npzFromArrays } from './npz.ts';

const arrays = [
  { name: 'C1/kernel', shape: [1, 2], values: Float32Array.of(0.1, -3) },
  { name: 'C1/bias', shape: [1], values: Float32Array.of(7) },
];

describe('an .npz file', () => {
  it('holds a NumPy file for each array, by its name', () => {
    const files = unzipSync(npzFromArrays(arrays));
    expect(Object.keys(files)).toEqual(['C1.kernel.npy', 'C1.bias.npy']);
    const kernel = takenApart(files['C1.kernel.npy']!.slice());
    expect(kernel.header).toContain("'shape': (1, 2)");
    expect(kernel.values).toEqual([...arrays[0]!.values]);
  });

  it('is the same for the same arrays, and as large as they are and a little more', () => {
    const file = npzFromArrays(arrays);
    expect(file).toEqual(npzFromArrays(arrays));
    expect(file.byteLength).toBeLessThan(2 * 128 + 3 * 4 + 400);
  });

  it('refuses two arrays of one name', () => {
    expect(() => npzFromArrays([...arrays, arrays[0]!])).toThrow('Two arrays are called "C1/kernel"');
  });
});
