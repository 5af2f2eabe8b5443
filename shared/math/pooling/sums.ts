import type { Plane } from '../plane.ts';
import type { PoolWindows } from './windows.ts';

/** The sum of each window's values or of their squares, in float64: first down the columns, then along the row of their sums. */
export function windowSums(map: Plane, of: 'values' | 'squares', windows: PoolWindows): Float64Array {
  const { size, stride, height, width } = windows;
  const sums = new Float64Array(height * width);
  const columns = new Float64Array(map.width);
  for (let row = 0, to = 0; row < height; row++) {
    columns.fill(0);
    for (let y = row * stride; y < row * stride + size; y++) {
      const from = y * map.width;
      if (of === 'values') for (let x = 0; x < map.width; x++) columns[x]! += map.values[from + x]!;
      else for (let x = 0; x < map.width; x++) columns[x]! += map.values[from + x]! ** 2;
    }
    for (let column = 0; column < width; column++, to++) {
      let sum = 0;
      for (let x = column * stride; x < column * stride + size; x++) sum += columns[x]!;
      sums[to] = sum;
    }
  }
  return sums;
}
