import type { Part, Size } from './fitted.ts';

/** Cells of this many CSS pixels are told apart from the back of a classroom. */
const cellPixels = 15;

/**
 * The part of a picture around what is looked at, in which cells can be told apart. It stays where it is until the looked-at leaves it.
 * @param room CSS pixels. @param least how many of them a cell is wide at least, if not more of them must be in sight.
 */
export function nearPart(before: Part | null, focus: Part, cells: Size, room: Size, least = cellPixels): Part {
  const height = shown(cells.height, room.height / least, focus.height);
  const width = shown(cells.width, room.width / least, focus.width);
  if (before?.height === height && before.width === width && holds(before, focus)) {
    return {
      ...before,
      row: inside(before.row, height, cells.height),
      column: inside(before.column, width, cells.width),
    };
  }
  return {
    height,
    width,
    row: inside(Math.round(focus.row + (focus.height - height) / 2), height, cells.height),
    column: inside(Math.round(focus.column + (focus.width - width) / 2), width, cells.width),
  };
}

function shown(cells: number, room: number, focus: number): number {
  return Math.min(cells, Math.max(Math.floor(room), focus + 4));
}

function inside(at: number, shownCells: number, cells: number): number {
  return Math.min(cells - shownCells, Math.max(0, at));
}

function holds(part: Part, focus: Part): boolean {
  return (
    focus.row >= part.row &&
    focus.column >= part.column &&
    focus.row + focus.height <= part.row + part.height &&
    focus.column + focus.width <= part.column + part.width
  );
}
