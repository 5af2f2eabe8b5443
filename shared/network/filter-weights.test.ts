import { describe, expect, it } from 'vitest';
import { filterWeights, setFilterWeights } from './filter-weights.ts';

/** 2×1 cells, 2 input channels, 3 filters; the number at (y, x, i, o) reads as its digits: 1 + y, 1 + i, 1 + o. */
const shape = [2, 1, 2, 3];
const kernel = Float32Array.of(111, 112, 113, 121, 122, 123, 211, 212, 213, 221, 222, 223);

describe('one filter of a kernel', () => {
  it('is read cell by cell, its channels side by side', () => {
    expect([...filterWeights(kernel, shape, 1, null)]).toEqual([112, 122, 212, 222]);
  });

  it('is read cell by cell for one channel', () => {
    expect([...filterWeights(kernel, shape, 2, 1)]).toEqual([123, 223]);
  });

  it('is written where it is read, and nothing else changes', () => {
    const written = kernel.slice();
    setFilterWeights(written, shape, 1, 0, [1, 2]);
    expect([...written]).toEqual([111, 1, 113, 121, 122, 123, 211, 2, 213, 221, 222, 223]);
    setFilterWeights(written, shape, 1, 0, filterWeights(kernel, shape, 1, 0));
    expect(written).toEqual(kernel);
  });
});
