import type { Shape } from '../tensor/shape.ts';

/** One number of what a layer gives. A vector is one map of one row: its unit is the column. */
export type Unit = { readonly map: number; readonly row: number; readonly column: number };

/** Maps, rows and columns of a layer's output. */
export function extentOf(shape: Shape): { readonly maps: number; readonly rows: number; readonly columns: number } {
  const [rows = 1, columns, maps = 1] = shape;
  return columns === undefined ? { maps: 1, rows: 1, columns: rows } : { maps, rows, columns };
}

/** Where a unit's number stands among those of its layer. */
export function indexOf(shape: Shape, { map, row, column }: Unit): number {
  const { maps, columns } = extentOf(shape);
  return (row * columns + column) * maps + map;
}

/** The unit whose number stands at `index`. */
export function unitAt(shape: Shape, index: number): Unit {
  const { maps, columns } = extentOf(shape);
  const cell = Math.floor(index / maps);
  return { map: index % maps, row: Math.floor(cell / columns), column: cell % columns };
}
