import type { Quad } from './plan.ts';

/** How many cells along each axis share one texel, where maps are drawn smaller than their cells could be told apart. */
export const reductions = [1, 2, 4] as const;
export type Reduction = (typeof reductions)[number];

/** Where the cells of some quads lie in a texture array; all sizes are texels. */
export type Packing = {
  readonly reduction: Reduction;
  /** Of one slice. */
  readonly width: number;
  readonly height: number;
  readonly slices: number;
  /** The first texel of each quad, and how many it has across and down (of one colour: those of the others follow to the right). */
  readonly places: readonly Place[];
};

type Place = {
  readonly slice: number;
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
};

/** Maps may be reduced, and kernels by the thousand: others are few cells, or are told apart cell by cell. */
export function isReducible({ section, look }: Quad): boolean {
  return section === 'maps' || look === 'matrix';
}

export function reductionOf(quad: Quad, reduction: Reduction): Reduction {
  return isReducible(quad) ? reduction : 1;
}

/** Gives every quad its place: as many of a size to a slice as fit, so that kernels do not take a slice each. */
export function packingOf(quads: readonly Quad[], reduction: Reduction): Packing {
  const shelves = quads.map((quad) => {
    const by = reductionOf(quad, reduction);
    const [columns, rows] = [Math.ceil(quad.columns / by), Math.ceil(quad.rows / by)];
    return { columns, rows, width: columns * (quad.colourStep > 0 ? 3 : 1) };
  });
  const width = Math.max(...shelves.map((shelf) => shelf.width));
  const height = Math.max(...shelves.map((shelf) => shelf.rows));
  const places: Place[] = [];
  let slice = 0;
  let [x, y] = [0, 0];
  let before: (typeof shelves)[number] | undefined;
  for (const shelf of shelves) {
    const sameSize = before?.width === shelf.width && before.rows === shelf.rows;
    if (before && sameSize && x + 2 * shelf.width <= width) x += shelf.width;
    else if (before && sameSize && y + 2 * shelf.rows <= height) [x, y] = [0, y + shelf.rows];
    else if (before) [x, y, slice] = [0, 0, slice + 1];
    places.push({ slice, x, y, columns: shelf.columns, rows: shelf.rows });
    before = shelf;
  }
  return { reduction, width, height, slices: slice + 1, places };
}
