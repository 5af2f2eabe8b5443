import type { Plane } from './plane.ts';

export const padModes = ['zero', 'reflect', 'edge', 'value'] as const;
/** What stands beyond the image: 0; the image mirrored about its edge pixel, which is not repeated; its edge pixel; a number. */
export type PadMode = (typeof padModes)[number];

export type Padding = {
  readonly padMode: PadMode;
  /** What stands in the padding with `padMode: 'value'`. */
  readonly padValue: number;
};

/** A stretch of an axis that may begin before its first cell, which is 0, and end beyond its last. */
export type Stretch = { readonly begin: number; readonly length: number };

/**
 * The cell of an axis whose value stands at `at`; −1 where that is no cell's but the padding's own number.
 * A mirror image reaches `cells − 1` beyond either end.
 */
function cellBehind(at: number, cells: number, mode: PadMode): number {
  if (at >= 0 && at < cells) return at;
  switch (mode) {
    case 'zero':
    case 'value':
      return -1;
    case 'edge':
      return at < 0 ? 0 : cells - 1;
    case 'reflect':
      return at < 0 ? -at : 2 * (cells - 1) - at;
    default:
      return mode satisfies never;
  }
}

function ownNumber({ padMode, padValue }: Padding): number {
  return padMode === 'value' ? padValue : 0;
}

/** What stands at (row, column) of a padded plane, counted from the plane's own first cell. */
export function valueBehind({ height, width, values }: Plane, row: number, column: number, padding: Padding): number {
  const y = cellBehind(row, height, padding.padMode);
  const x = cellBehind(column, width, padding.padMode);
  return y < 0 || x < 0 ? ownNumber(padding) : values[y * width + x]!;
}

/** A copy of a part of a plane that may reach beyond it: (0, 0) of the copy is (rows.begin, columns.begin) of the plane. */
export function paddedPart(plane: Plane, rows: Stretch, columns: Stretch, padding: Padding): Plane {
  const [height, width] = [rows.length, columns.length];
  const values = new Float32Array(height * width).fill(ownNumber(padding));
  const behind = Int32Array.from({ length: width }, (_, x) => {
    return cellBehind(columns.begin + x, plane.width, padding.padMode);
  });
  // The columns that are the plane's own lie between these two.
  const first = Math.min(width, Math.max(0, -columns.begin));
  const end = Math.max(first, Math.min(width, plane.width - columns.begin));
  for (let y = 0; y < height; y++) {
    const row = cellBehind(rows.begin + y, plane.height, padding.padMode);
    if (row < 0) continue;
    const [from, to] = [row * plane.width, y * width];
    values.set(plane.values.subarray(from + columns.begin + first, from + columns.begin + end), to + first);
    for (let x = 0; x < first; x++) if (behind[x]! >= 0) values[to + x] = plane.values[from + behind[x]!]!;
    for (let x = end; x < width; x++) if (behind[x]! >= 0) values[to + x] = plane.values[from + behind[x]!]!;
  }
  return { height, width, values };
}
