import type { FramePart } from '../../shared/frame/layout.ts';
import type { Point } from './fit.ts';
import { gridOf } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan, Quad } from './plan.ts';

/** One number of the frame, pointed at. */
export type SceneHit = {
  readonly part: FramePart;
  /** The layer with whose maps it stands: a kernel's too. */
  readonly panel: string;
  /** Red's, where three are drawn as one. */
  readonly plane: number;
  /** All that are drawn at this place: one, or red, green and blue. */
  readonly planes: readonly number[];
  /** The cell in its plane, as `planeOf` lays it out (units and scores are one row). */
  readonly row: number;
  readonly column: number;
  /** false: the keyboard has come to the whole of it, and its first cell stands for it. */
  readonly isCell: boolean;
  /** Where, in CSS pixels from the canvas's top left: the pointer, or the map's centre for a keyboard user. */
  readonly x: number;
  readonly y: number;
};

export type Ray = { readonly origin: Point; readonly direction: Point };

/** A quad that was hit, and the cell in it as drawn. */
export type Target = { readonly layer: number; readonly quad: number; readonly column: number; readonly row: number };

/** The nearest cell that the ray meets. */
export function pick(ray: Ray, plans: readonly LayerPlan[], panels: readonly (Panel | null)[]): Target | null {
  let nearest: Target | null = null;
  let nearestAt = Number.POSITIVE_INFINITY;
  panels.forEach((panel, layer) => {
    const met = panel && meet(ray, panel);
    if (!met || met.at >= nearestAt) return;
    const found = cellAt(met.x, met.y, plans[layer]!.quads, panel);
    if (!found) return;
    nearest = { layer, ...found };
    nearestAt = met.at;
  });
  return nearest;
}

/** Where the ray crosses the panel's plane, in the panel's own x and y, and how far along the ray. */
function meet({ origin, direction }: Ray, panel: Panel): { x: number; y: number; at: number } | null {
  const [cos, sin] = [Math.cos(panel.turn), Math.sin(panel.turn)];
  const [x, z] = [origin.x - panel.x, origin.z];
  const depth = sin * x + cos * z;
  const speed = sin * direction.x + cos * direction.z;
  const at = -depth / speed;
  if (!(at > 0) || !Number.isFinite(at)) return null;
  return {
    x: cos * (x + at * direction.x) - sin * (z + at * direction.z),
    y: origin.y + at * direction.y - panel.y,
    at,
  };
}

function cellAt(x: number, y: number, quads: readonly Quad[], panel: Panel): Omit<Target, 'layer'> | null {
  if (Math.abs(x) > panel.width / 2 || Math.abs(y) > panel.height / 2) return null;
  for (const [i, rect] of panel.rects.entries()) {
    const across = (x - rect.x) / rect.width + 0.5;
    const down = 0.5 - (y - rect.y) / rect.height;
    if (across < 0 || across >= 1 || down < 0 || down >= 1) continue;
    const quad = quads[i]!;
    const { columns, rows } = gridOf(quad, rect);
    const [column, row] = [Math.floor(across * columns), Math.floor(down * rows)];
    return row * columns + column < quad.cells ? { quad: i, column, row } : null;
  }
  return null;
}

/** A drawn cell's plane and place in it: a unit grid is one long row there, a matrix of kernels has a plane a kernel. */
export function placeInPlane(
  { part, plane, first, columns: side, look }: Quad,
  column: number,
  row: number,
  columns = side,
): { plane: number; row: number; column: number } {
  if (look === 'matrix') {
    const filters = side / part.width;
    const [filter, input] = [Math.floor(column / part.width), Math.floor(row / part.height)];
    return { plane: input * filters + filter, row: row % part.height, column: column % part.width };
  }
  const cell = first + row * columns + column;
  return { plane, row: Math.floor(cell / part.width), column: cell % part.width };
}

/** The reverse: where a unit of a quad's plane is drawn. */
export function cellOfUnit(
  { part, first, columns: side }: Quad,
  row: number,
  column: number,
  columns = side,
): { row: number; column: number } {
  const cell = row * part.width + column - first;
  return { row: Math.floor(cell / columns), column: cell % columns };
}

/** A panel's point (its own x and y) in the world. */
export function worldFromPanel(panel: Panel, x: number, y: number): Point {
  return { x: panel.x + Math.cos(panel.turn) * x, y: panel.y + y, z: -Math.sin(panel.turn) * x };
}
