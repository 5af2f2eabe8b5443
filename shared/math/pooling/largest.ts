import type { Plane } from '../plane.ts';
import type { PoolWindows } from './windows.ts';

/** A value for each window, and the index of the cell that has it in the map. */
export type Taken = { readonly values: Float32Array; readonly winners: Int32Array };

/**
 * The largest cell of each window; of several the first in reading order.
 *
 * First along the rows, then down the columns: a cell is looked at 2 · size / stride times, not (size / stride)² times.
 */
export function largestCells(map: Plane, { size, stride, height, width }: PoolWindows): Taken {
  const along = largestAlongRows(map, size, stride, width);
  const values = new Float32Array(height * width);
  const winners = new Int32Array(height * width);
  for (let row = 0; row < height; row++) {
    const to = row * width;
    const first = row * stride * width;
    values.set(along.values.subarray(first, first + width), to);
    winners.set(along.winners.subarray(first, first + width), to);
    for (let from = first + width; from < first + size * width; from += width) {
      for (let column = 0; column < width; column++) {
        const value = along.values[from + column]!;
        if (value > values[to + column]!) {
          values[to + column] = value;
          winners[to + column] = along.winners[from + column]!;
        }
      }
    }
  }
  return { values, winners };
}

/** The same for windows that are one cell tall, in each row of the map. */
function largestAlongRows(map: Plane, size: number, stride: number, width: number): Taken {
  const values = new Float32Array(map.height * width);
  const winners = new Int32Array(values.length);
  for (let y = 0, to = 0; y < map.height; y++) {
    for (let column = 0; column < width; column++, to++) {
      const first = y * map.width + column * stride;
      let winner = first;
      let largest = map.values[first]!;
      for (let cell = first + 1; cell < first + size; cell++) {
        const value = map.values[cell]!;
        if (value > largest) {
          largest = value;
          winner = cell;
        }
      }
      values[to] = largest;
      winners[to] = winner;
    }
  }
  return { values, winners };
}
