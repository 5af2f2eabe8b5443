import { type Padding, paddedPart } from '../../../../shared/math/padding.ts';
import type { Plane } from '../../../../shared/math/plane.ts';
import type { Part, Place, Size } from '../../../colours/fitted.ts';

/** Cells around an input, as many as the windows reach beyond it. */
export type Border = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };

/** How windows lie along one axis of an input: in cells. */
export type Windows = {
  /** Of the kernel. */
  readonly cells: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBefore: number;
  readonly padAfter: number;
};

/** The cells from the first to the last that a window reads. */
export function spanOf({ cells, dilation }: Pick<Windows, 'cells' | 'dilation'>): number {
  return (cells - 1) * dilation + 1;
}

/** The window of an output cell, in cells of the padded input. */
export function windowOf({ row, column }: Place, rows: Windows, columns: Windows): Part {
  return { row: row * rows.stride, column: column * columns.stride, height: spanOf(rows), width: spanOf(columns) };
}

/** The cells that it reads: all of them, or with dilation those in its grid. */
export function cellsRead(cell: Place, rows: Windows, columns: Windows): Place[] {
  const { row, column } = windowOf(cell, rows, columns);
  return Array.from({ length: rows.cells * columns.cells }, (_, i) => ({
    row: row + Math.floor(i / columns.cells) * rows.dilation,
    column: column + (i % columns.cells) * columns.dilation,
  }));
}

/** The output cell whose window has its middle nearest to a cell of the padded input. */
export function windowOver(cell: Place, rows: Windows, columns: Windows, output: Size): Place {
  const nearest = (at: number, along: Windows, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.round((at - (spanOf(along) - 1) / 2) / along.stride)));
  return { row: nearest(cell.row, rows, output.height), column: nearest(cell.column, columns, output.width) };
}

/** A plane with its padding around it. */
export function paddedPlane(plane: Plane, border: Border, padding: Padding): Plane {
  const height = plane.height + border.top + border.bottom;
  const width = plane.width + border.left + border.right;
  if (height === plane.height && width === plane.width) return plane;
  return paddedPart(plane, { begin: -border.top, length: height }, { begin: -border.left, length: width }, padding);
}
