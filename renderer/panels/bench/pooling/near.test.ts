import { describe, expect, it } from 'vitest';
import { neighbourhood, windowOver, windowPart } from './near.ts';

const sideBySide = { size: 2, stride: 2 };
const overlapping = { size: 3, stride: 2 };
const withGaps = { size: 2, stride: 4 };

describe('the window over a cell', () => {
  it.each([
    { windows: sideBySide, cell: 5, window: 2 },
    { windows: sideBySide, cell: 4, window: 2 },
    { windows: overlapping, cell: 5, window: 2 },
    { windows: overlapping, cell: 7, window: 3 },
    { windows: withGaps, cell: 5, window: 1 },
    { windows: withGaps, cell: 7, window: 2 },
  ])('of $windows.size, stride $windows.stride, is the nearest: cell $cell is in window $window', (example) => {
    const over = windowOver({ row: example.cell, column: 0 }, example.windows, { height: 9, width: 9 });
    expect(over).toEqual({ row: example.window, column: 0 });
  });

  it('is the last one for the rest at the edge that is too small for a window', () => {
    expect(windowOver({ row: 10, column: 10 }, sideBySide, { height: 5, width: 5 })).toEqual({ row: 4, column: 4 });
  });

  it('covers the cell it is over, if any window does', () => {
    for (const windows of [sideBySide, overlapping]) {
      for (let cell = 0; cell < 4 * windows.stride + windows.size; cell++) {
        const { row, height } = windowPart(
          windowOver({ row: cell, column: 0 }, windows, { height: 5, width: 5 }),
          windows,
        );
        expect(cell).toBeGreaterThanOrEqual(row);
        expect(cell).toBeLessThan(row + height);
      }
    }
  });
});

describe('the neighbourhood of a window', () => {
  const pooled = { height: 5, width: 5 };

  it('is three windows across', () => {
    expect(neighbourhood({ row: 2, column: 3 }, sideBySide, pooled)).toEqual({
      row: 2,
      column: 4,
      height: 6,
      width: 6,
    });
    expect(neighbourhood({ row: 2, column: 2 }, overlapping, pooled)).toMatchObject({ row: 2, height: 7 });
    expect(neighbourhood({ row: 2, column: 2 }, withGaps, pooled)).toMatchObject({ row: 4, height: 10 });
  });

  it('ends where the windows end', () => {
    expect(neighbourhood({ row: 0, column: 4 }, sideBySide, pooled)).toEqual({
      row: 0,
      column: 6,
      height: 4,
      width: 4,
    });
  });
});
