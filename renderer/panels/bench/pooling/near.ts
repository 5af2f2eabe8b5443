import type { Pooling } from '../../../../shared/bench/experiment.ts';
import { kept, type Part, type Place, type Size } from '../../../colours/fitted.ts';

type Windows = Pick<Pooling, 'size' | 'stride'>;

/** Cells that are at least so many pixels wide are told apart, and enough of them are in sight for a pattern to show. */
export const leastCellPixels = 8;

/** The cells that a window covers. */
export function windowPart({ row, column }: Place, { size, stride }: Windows): Part {
  return { row: row * stride, column: column * stride, height: size, width: size };
}

/** The window whose middle is nearest to a cell. */
export function windowOver(cell: Place, { size, stride }: Windows, pooled: Size): Place {
  const nearest = (at: number): number => Math.round((at + 0.5 - size / 2) / stride);
  return kept({ row: nearest(cell.row), column: nearest(cell.column) }, pooled);
}

/** The cells from the first to the last of a window and its neighbours on all sides, those that are there. */
export function neighbourhood({ row, column }: Place, windows: Windows, pooled: Size): Part {
  const first = windowPart(kept({ row: row - 1, column: column - 1 }, pooled), windows);
  const last = windowPart(kept({ row: row + 1, column: column + 1 }, pooled), windows);
  return {
    row: first.row,
    column: first.column,
    height: last.row + last.height - first.row,
    width: last.column + last.width - first.column,
  };
}
