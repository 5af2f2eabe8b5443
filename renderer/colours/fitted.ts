/** Cells of a picture, or CSS pixels. */
export type Size = { readonly height: number; readonly width: number };
export type Place = { readonly row: number; readonly column: number };
/** A rectangle of cells. */
export type Part = Place & Size;

/** A whole number of pixels a cell is worth this share of a picture's size. */
const worth = 0.82;

/**
 * How many CSS pixels wide a cell is drawn so that all of them fit in `room`: a whole number of the screen's own pixels, so that all
 * cells look alike, where that costs little room.
 * @param ratio the screen's own pixels a CSS pixel.
 */
export function fittedZoom(cells: Size, room: Size, ratio: number): number {
  const most = Math.min(room.height / cells.height, room.width / cells.width) * ratio;
  const whole = Math.floor(most);
  return (whole >= most * worth ? whole : most) / ratio;
}

/** Whether cells of this many of the screen's own pixels are drawn with hard edges: smaller ones would come out of many sizes. */
export function isCrisp(pixels: number): boolean {
  return pixels >= 2.5 || (pixels >= 1 && Number.isInteger(pixels));
}

/** The cell nearest to a place, among those that are there. */
export function kept({ row, column }: Place, { height, width }: Size): Place {
  return {
    row: Math.min(height - 1, Math.max(0, row)),
    column: Math.min(width - 1, Math.max(0, column)),
  };
}

export function isSamePlace(one: Place | null, other: Place | null): boolean {
  return one === other || (one !== null && other !== null && one.row === other.row && one.column === other.column);
}
