import { describe, expect, it } from 'vitest';
import { readable } from './label-room.ts';

/** Texts of `width` in a row, `apart` from each other. */
const row = (count: number, apart: number, width: number, y = 0) =>
  Array.from({ length: count }, (_, index) => ({ x: index * apart, y, width, height: 16 }));

describe('names in the network view', () => {
  it('are all shown where each has room', () => {
    expect([...readable(row(4, 50, 48))].sort()).toEqual([0, 1, 2, 3]);
  });

  it('thin out where they would lie over each other, but for the first and the last', () => {
    expect([...readable(row(7, 20, 48))].sort()).toEqual([0, 3, 6]);
    expect([...readable(row(2, 20, 48))]).toEqual([0]);
  });

  it('do not mind those of another line', () => {
    expect(readable([...row(3, 50, 48), ...row(3, 50, 48, 20)]).size).toBe(6);
  });

  it('may be none', () => {
    expect(readable([]).size).toBe(0);
  });
});
