import { describe, expect, it } from 'vitest';
import { readIdx } from './idx.ts';

const header = (...lengths: number[]): number[] => [
  0,
  0,
  8,
  lengths.length,
  ...lengths.flatMap((length) => [0, 0, length >> 8, length & 255]),
];

describe('an IDX file', () => {
  it('is read with its shape', () => {
    const { shape, values } = readIdx(Uint8Array.from([...header(2, 1, 3), 1, 2, 3, 4, 5, 6]), 3);
    expect(shape).toEqual([2, 1, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });
  it('is refused when it ends too early, or goes on too long', () => {
    expect(() => readIdx(Uint8Array.from([...header(3), 1, 2]), 1)).toThrow('promises 3 numbers, the file holds 2');
    expect(() => readIdx(Uint8Array.from([...header(1), 1, 2]), 1)).toThrow('promises 1 numbers, the file holds 2');
  });
  it('is refused when it is shorter than a header, or starts as something else', () => {
    expect(() => readIdx(Uint8Array.from([0, 0]), 1)).toThrow('too few for an IDX header');
    expect(() => readIdx(Uint8Array.from([0x89, 0x50, 8, 1, 0, 0, 0, 0]), 1)).toThrow('does not start as an IDX file');
    expect(() => readIdx(Uint8Array.from([...header(1), 7]), 1 + 1)).toThrow();
  });
});
