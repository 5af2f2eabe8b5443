import { philox } from '../../random/philox.ts';
import type { Plane } from '../plane.ts';
import type { Taken } from './largest.ts';
import type { PoolWindows } from './windows.ts';

/** The number in (0, 1) that the window at (row, column) of a pooled map draws. It depends on nothing else but the seed. */
export function drawAt(seed: number, row: number, column: number): number {
  return draws(seed, row, column >>> 2)[column & 3]!;
}

/** Draws of four windows in a row, the first of which is at column 4 · four. */
function draws(seed: number, row: number, four: number): readonly number[] {
  return philox([seed, 0], [row, four, 0, 0]).map((bits) => (bits + 0.5) / 2 ** 32);
}

/**
 * The cell that each window draws, each with a chance as its positive part (Zeiler and Fergus, 2013, §3, whose maps had no negative numbers). 0
 * and no cell, −1, where no number is above 0.
 */
export function drawnCells(map: Plane, seed: number, { size, stride, height, width }: PoolWindows): Taken {
  const values = new Float32Array(height * width);
  const winners = new Int32Array(height * width);
  let four: readonly number[] = [];
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to++) {
      if ((column & 3) === 0) four = draws(seed, row, column >>> 2);
      const winner = drawnCell(map, row * stride, column * stride, size, four[column & 3]!);
      winners[to] = winner;
      values[to] = winner < 0 ? 0 : map.values[winner]!;
    }
  }
  return { values, winners };
}

/**
 * The index of the first cell, in reading order, at which the sum of the positive parts so far exceeds `draw` times the sum of all of them; −1
 * if no cell is above 0.
 */
export function drawnCell({ width, values }: Plane, top: number, left: number, size: number, draw: number): number {
  let total = 0;
  for (let y = top; y < top + size; y++) {
    for (let cell = y * width + left; cell < y * width + left + size; cell++) total += Math.max(0, values[cell]!);
  }
  const threshold = draw * total;
  let sum = 0;
  for (let y = top; y < top + size; y++) {
    for (let cell = y * width + left; cell < y * width + left + size; cell++) {
      sum += Math.max(0, values[cell]!);
      if (sum > threshold) return cell;
    }
  }
  return -1;
}
