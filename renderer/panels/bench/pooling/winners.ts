import type { PooledMap } from '../../../../shared/bench/compute.ts';
import type { Pooling } from '../../../../shared/bench/experiment.ts';
import type { Part, Size } from '../../../colours/fitted.ts';

/**
 * The cell that each window took, as its index (y · width + x) in the map that was pooled, window by window; −1 where none. A stride
 * takes each window's first. Null where every cell counts.
 */
export function takenCells(
  { kind, plane, winners }: PooledMap,
  { stride }: Pooling,
  map: Size,
): ArrayLike<number> | null {
  if (kind !== 'strided') return winners;
  return Int32Array.from({ length: plane.height * plane.width }, (_, i) => {
    return Math.floor(i / plane.width) * stride * map.width + (i % plane.width) * stride;
  });
}

/** A window, or a cell that won, with the number of windows that it won. */
export type Win = { readonly row: number; readonly column: number; readonly wins: number };

/** The windows that are seen at least partly in a part of the map; row and column count windows. */
export function windowsIn(
  part: Part,
  { size, stride }: Pick<Pooling, 'size' | 'stride'>,
  pooled: Size,
): { readonly row: number; readonly column: number }[] {
  const range = (start: number, length: number, count: number): number[] => {
    const first = Math.max(0, Math.floor((start - size) / stride) + 1);
    const last = Math.min(count - 1, Math.ceil((start + length) / stride) - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  };
  const columns = range(part.column, part.width, pooled.width);
  return range(part.row, part.height, pooled.height).flatMap((row) => columns.map((column) => ({ row, column })));
}

/** The cells of a part of the map that won at least one window. */
export function winsIn(
  part: Part,
  taken: ArrayLike<number>,
  windows: Pick<Pooling, 'size' | 'stride'>,
  pooled: Size,
  map: Size,
): Win[] {
  const wins = new Map<number, number>();
  for (const { row, column } of windowsIn(part, windows, pooled)) {
    const cell = taken[row * pooled.width + column]!;
    if (cell >= 0) wins.set(cell, (wins.get(cell) ?? 0) + 1);
  }
  return [...wins]
    .map(([cell, count]) => ({ row: Math.floor(cell / map.width), column: cell % map.width, wins: count }))
    .filter(({ row, column }) => {
      return (
        row >= part.row && row < part.row + part.height && column >= part.column && column < part.column + part.width
      );
    });
}
