import { describe, expect, it } from 'vitest';
import { ontoImage, partOnto } from './ground.ts';

const part = { row: 4, column: 6, height: 2, width: 3 };
const image = { height: 100, width: 100 };

describe('the pixels under a part of the map', () => {
  it('lie one further in with a 3×3 kernel and no padding', () => {
    const onto = ontoImage({ height: 3, width: 3 }, { stride: 1, dilation: 1 }, { rows: 0, columns: 0 });
    expect(partOnto(part, onto, image)).toEqual({ row: 5, column: 7, height: 2, width: 3 });
  });

  it('lie at the same place with padding "same"', () => {
    const onto = ontoImage({ height: 5, width: 3 }, { stride: 1, dilation: 1 }, { rows: 2, columns: 1 });
    expect(partOnto(part, onto, image)).toEqual(part);
  });

  it('lie further in with dilation', () => {
    const onto = ontoImage({ height: 3, width: 3 }, { stride: 1, dilation: 2 }, { rows: 0, columns: 0 });
    expect(partOnto(part, onto, image)).toMatchObject({ row: 6, column: 8 });
  });

  it('are as many times more as the stride is long, around the middle of what the kernel read', () => {
    // Cell 4 read pixels 16 … 26, whose middle is 21; its own four pixels around that are 19.5 … 23.5, the next cell's 23.5 … 27.5.
    const { rows } = ontoImage({ height: 11, width: 11 }, { stride: 4, dilation: 1 }, { rows: 0, columns: 0 });
    expect(4 * rows.scale + rows.offset).toBe(19.5);
    expect(5 * rows.scale + rows.offset).toBe(23.5);
  });

  it('are all in the image', () => {
    const onto = ontoImage({ height: 3, width: 3 }, { stride: 1, dilation: 1 }, { rows: 8, columns: 8 });
    expect(partOnto({ row: 0, column: 0, height: 20, width: 4 }, onto, { height: 10, width: 10 })).toEqual({
      row: 0,
      column: 0,
      height: 10,
      width: 1,
    });
  });
});
