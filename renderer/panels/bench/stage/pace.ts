/** How fast the window slides. `terms`: product by product; the others: cell by cell. */
export const speeds = ['terms', 'slow', 'steady', 'fast', 'fastest'] as const;
export type Speed = (typeof speeds)[number];

/** How far the window has come. */
export type Progress = {
  /** Of the output cell, in reading order. */
  readonly index: number;
  /** Products that are summed; null: all of them. */
  readonly counted: number | null;
  /** Of the next cell or product, from 0 to 1. */
  readonly part: number;
};

const productsPerSecond = 2.5;
/** However many products a cell has, it takes no longer, in seconds. */
const longestCell = 10;
/** With its sum complete, a cell stands for as long as this many products. */
const rest = 3;
/** A whole map takes this long at the fastest, in seconds. */
const wholeMap = 15;

function cellsPerSecond(speed: Exclude<Speed, 'terms'>, cells: number): number {
  switch (speed) {
    case 'slow':
      return 1.5;
    case 'steady':
      return 8;
    case 'fast':
      return 60;
    case 'fastest':
      return Math.max(240, cells / wholeMap);
    default:
      return speed satisfies never;
  }
}

/**
 * Where the window is `seconds` later.
 * @param cells of the output.
 * @param terms products of each cell.
 * @returns null once the last cell is complete.
 */
export function advanced(
  { index, counted, part }: Progress,
  speed: Speed,
  cells: number,
  terms: number,
  seconds: number,
): Progress | null {
  if (speed !== 'terms') {
    const due = part + seconds * cellsPerSecond(speed, cells);
    const next = index + Math.floor(due);
    return next >= cells ? null : { index: next, counted: null, part: due % 1 };
  }
  const due = part + seconds * Math.max(productsPerSecond, (terms + rest) / longestCell);
  let next = index;
  let products = (counted ?? terms) + Math.floor(due);
  while (products > terms + rest) {
    products -= terms + rest;
    next++;
    if (next >= cells) return null;
  }
  return { index: next, counted: products, part: due % 1 };
}
