import { describe, expect, it } from 'vitest';
import { padModes } from '../../../../shared/bench/experiment.ts';
import { plane } from '../../../../shared/math/plane.ts';
import { cellsRead, paddedPlane, windowOf, windowOver } from './window-on-input.ts';

const image = plane(2, 3, [1, 2, 3, 4, 5, 6]);
const border = { top: 1, bottom: 1, left: 2, right: 2 };

function rows({ height, width, values }: { height: number; width: number; values: Float32Array }): number[][] {
  return Array.from({ length: height }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

describe('an image with its padding', () => {
  it('has its padding around it', () => {
    expect(rows(paddedPlane(image, border, { padMode: 'value', padValue: 9 }))).toEqual([
      [9, 9, 9, 9, 9, 9, 9],
      [9, 9, 1, 2, 3, 9, 9],
      [9, 9, 4, 5, 6, 9, 9],
      [9, 9, 9, 9, 9, 9, 9],
    ]);
  });

  it.each(padModes)('is itself without a border, for "%s"', (padMode) => {
    const none = { top: 0, bottom: 0, left: 0, right: 0 };
    expect(paddedPlane(image, none, { padMode, padValue: 9 })).toBe(image);
  });
});

describe('a window on the input', () => {
  const along = { cells: 3, stride: 2, dilation: 2, padBefore: 0, padAfter: 0 };

  it('spans the cells that it leaves out', () => {
    expect(windowOf({ row: 1, column: 2 }, along, { ...along, cells: 2, dilation: 1 })).toEqual({
      row: 2,
      column: 4,
      height: 5,
      width: 2,
    });
  });

  it('reads the cells of its grid', () => {
    const read = cellsRead({ row: 1, column: 0 }, along, { ...along, cells: 2 });
    expect(read.map(({ row, column }) => [row, column])).toEqual([
      [2, 0],
      [2, 2],
      [4, 0],
      [4, 2],
      [6, 0],
      [6, 2],
    ]);
  });

  it('is found again from the cell in its middle', () => {
    const output = { height: 7, width: 9 };
    for (const cell of [
      { row: 0, column: 0 },
      { row: 3, column: 5 },
      { row: 6, column: 8 },
    ]) {
      const { row, column, height, width } = windowOf(cell, along, along);
      expect(
        windowOver({ row: row + (height - 1) / 2, column: column + (width - 1) / 2 }, along, along, output),
      ).toEqual(cell);
    }
    expect(windowOver({ row: 99, column: -5 }, along, along, output)).toEqual({ row: 6, column: 0 });
  });
});
