import { describe, expect, it } from 'vitest';
import { philox } from './philox.ts';
import { shuffled } from './shuffle.ts';

// Known answers of Random123, the authors' own implementation (kat_vectors, philox4x32 with 10 rounds).
describe('Philox4x32-10', () => {
  it('gives the published numbers for zeros', () => {
    expect(philox([0, 0], [0, 0, 0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  });
  it('gives the published numbers for ones', () => {
    const ones = 0xffffffff;
    expect(philox([ones, ones], [ones, ones, ones, ones])).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  });
});

describe('a shuffled order', () => {
  it('holds each number once', () => {
    expect([...shuffled(1000, 7, 0, 0)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });
  it('is a function of seed, stream and step', () => {
    const order = shuffled(50, 7, 0, 3);
    expect(shuffled(50, 7, 0, 3)).toEqual(order);
    for (const other of [shuffled(50, 8, 0, 3), shuffled(50, 7, 1, 3), shuffled(50, 7, 0, 4)]) {
      expect(other).not.toEqual(order);
    }
  });
  it('puts each number everywhere equally often', () => {
    const counts = new Array<number>(6).fill(0);
    for (let step = 0; step < 6000; step++) counts[shuffled(6, 1, 0, step).indexOf(0)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
