import type { Plane } from '../../shared/math/plane.ts';
import type { ColourScale } from './colour-scale.ts';
import { type ColourTable, pixelOf, tableSteps } from './colour-table.ts';

/** Planes of one size side by side, row by row, with a gap of some cells between them. */
export type Mosaic = {
  readonly columns: number;
  readonly rows: number;
  /** Cells between planes. */
  readonly gap: number;
  /** Cells in all. */
  readonly height: number;
  readonly width: number;
};

type Size = { readonly height: number; readonly width: number };

/** @param columns planes in a row. */
export function mosaicOf(count: number, { height, width }: Size, columns: number): Mosaic {
  const wide = Math.max(1, Math.min(count, columns));
  const rows = Math.max(1, Math.ceil(count / wide));
  // Small kernels nearly touch, maps stand apart.
  const gap = Math.max(1, Math.round(Math.max(height, width) / 14));
  return { columns: wide, rows, gap, height: rows * (height + gap) - gap, width: wide * (width + gap) - gap };
}

/** As many columns as make the planes largest in a room of this shape. */
export function fittingMosaic(count: number, size: Size, room: Size): Mosaic {
  let best = mosaicOf(count, size, 1);
  const zoom = (mosaic: Mosaic): number => Math.min(room.width / mosaic.width, room.height / mosaic.height);
  for (let columns = 2; columns <= count; columns++) {
    const mosaic = mosaicOf(count, size, columns);
    if (zoom(mosaic) > zoom(best)) best = mosaic;
  }
  return best;
}

/** The cell of a plane's upper left corner. */
export function cornerOf(
  { columns, gap }: Mosaic,
  { height, width }: Size,
  plane: number,
): { row: number; column: number } {
  return { row: Math.floor(plane / columns) * (height + gap), column: (plane % columns) * (width + gap) };
}

/** The plane at a cell; −1 for none. The gap after a plane is its own. */
export function planeAt(mosaic: Mosaic, { height, width }: Size, row: number, column: number): number {
  const [y, x] = [Math.floor(row / (height + mosaic.gap)), Math.floor(column / (width + mosaic.gap))];
  return x < 0 || y < 0 || x >= mosaic.columns || y >= mosaic.rows ? -1 : y * mosaic.columns + x;
}

/** Paints all planes by one scale, a pixel a cell; gaps are clear, or of a colour. */
export function paintMosaic(
  pixels: Uint32Array,
  mosaic: Mosaic,
  planes: readonly Plane[],
  { min, max }: ColourScale,
  table: ColourTable,
  ground = 0,
): void {
  pixels.fill(ground);
  const last = tableSteps - 1;
  const steps = last / (max - min || 1);
  planes.forEach((plane, p) => {
    const { row, column } = cornerOf(mosaic, plane, p);
    for (let y = 0; y < plane.height; y++) {
      const to = (row + y) * mosaic.width + column;
      const from = y * plane.width;
      for (let x = 0; x < plane.width; x++) {
        const step = (plane.values[from + x]! - min) * steps + 0.5;
        pixels[to + x] = table[step > 0 ? (step < last ? step | 0 : last) : 0]!;
      }
    }
  });
}

/**
 * Paints kernels that read red, green and blue as small coloured images, in which middle grey is zero and `reach` the strongest of each colour.
 * @param planes all that read red, then green, then blue: as many of each as the mosaic has pictures.
 */
export function paintColourMosaic(
  pixels: Uint32Array,
  mosaic: Mosaic,
  planes: readonly Plane[],
  reach: number,
  ground = 0,
): void {
  pixels.fill(ground);
  const count = planes.length / 3;
  const byte = (weight: number): number => 127.5 + (127.5 * weight) / (reach || 1);
  for (let p = 0; p < count; p++) {
    const [red, green, blue] = [planes[p]!, planes[p + count]!, planes[p + 2 * count]!];
    const { row, column } = cornerOf(mosaic, red, p);
    for (let i = 0; i < red.values.length; i++) {
      const to = (row + Math.floor(i / red.width)) * mosaic.width + column + (i % red.width);
      pixels[to] = pixelOf([byte(red.values[i]!), byte(green.values[i]!), byte(blue.values[i]!)]);
    }
  }
}
