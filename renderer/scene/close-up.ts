import { dividing } from './dividing.ts';
import { gridIn } from './grid.ts';
import { type Contents, contentsOf, fill, measure, type Rect } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan, Quad } from './plan.ts';
import { noBase, unitsPerPixel } from './sheet.ts';

type Size = { readonly width: number; readonly height: number };
/** Pixels, from the view's top left, y down. */
type Box = Size & { readonly x: number; readonly y: number };

const gap = 30;
/** Kernels side by side are told apart by this share of one. */
const kernelSpacing = 0.22;
const mapSpacing = 0.07;
/** Pixels; larger cells are no easier to read. */
const largestCell = 44;

/**
 * One layer from near by, flat, in a view of this many CSS pixels: the image it was given, small, then its maps as large as they fit, then its
 * kernels, which may be too many to be among the plan's quads (`kernels`). All other layers are away.
 *
 * `map`: one of the layer's maps to stand alone, large, the others beside it as small pictures.
 */
export function placeCloseUp(
  plans: readonly LayerPlan[],
  layer: number,
  kernels: number | null,
  map: number | null,
  view: Size,
): (Panel | null)[] {
  const panels = plans.map((): Panel | null => null);
  const contents = contentsOf(plans[layer]!);
  let [left, right] = [0, view.width];
  if (layer !== 0) {
    // One needs the image larger where its part that a unit sees is marked in it.
    const side = Math.min((map === null ? 0.17 : 0.24) * view.width, 0.62 * view.height);
    const box = { x: 0, y: (view.height - side) / 2, width: side, height: side };
    panels[0] = panelOf(plans[0]!, mapsIn(contentsOf(plans[0]!).maps, box, 1), view);
    left = side + gap;
  }
  const single = map === null ? undefined : contents.maps[map];
  const rects = new Map<Quad, Rect & Box>();
  if (single) {
    const beside = contents.maps.length > 1 || contents.kernels.length > 0;
    const room = beside ? Math.min(view.height, 0.6 * (right - left)) : Math.min(view.height, right - left);
    const box = { x: left, y: (view.height - room) / 2, width: room, height: room };
    merge(rects, mapsIn([single], box, Number.POSITIVE_INFINITY));
    left += room + gap;
    const rest = { x: left, y: box.y, width: right - left, height: room };
    const share = contents.kernels.length > 0 ? 0.62 : 1;
    if (contents.maps.length > 1) {
      const thumbs = mapsIn(contents.maps, { ...rest, height: share * room - (share < 1 ? gap / 2 : 0) }, 4);
      for (const [quad, rect] of thumbs) if (quad !== single) rects.set(quad, rect);
    }
    const below = { ...rest, y: rest.y + share * room, height: (1 - share) * room };
    merge(rects, kernelsIn(contents, below, 12));
  } else {
    const matrix = kernels === null ? undefined : plans[kernels]!.quads[0];
    const share = contents.kernels.length > 0 ? 0.32 : matrix ? 0.46 : 0;
    if (share > 0) {
      const width = share * (right - left);
      const box = { x: right - width, y: 0, width, height: view.height };
      merge(rects, kernelsIn(contents, box, largestCell));
      if (matrix) panels[kernels!] = panelOf(plans[kernels!]!, new Map([[matrix, fitted(matrix, box)]]), view);
      right -= width + gap;
    }
    const box = { x: left, y: 0, width: right - left, height: view.height };
    merge(rects, mapsIn(contents.maps, box, largestCell));
    if (contents.logits.length > 0) {
      panels[layer] = classesPanel(contents, box, view);
      return panels;
    }
    merge(rects, unitsIn([...contents.units, ...contents.scores], box));
  }
  panels[layer] = panelOf(plans[layer]!, rects, view);
  return panels;
}

function merge(into: Map<Quad, Rect & Box>, rects: ReadonlyMap<Quad, Rect & Box>): void {
  for (const [quad, rect] of rects) into.set(quad, rect);
}

/** `most`: pixels that a cell may take. */
function mapsIn(maps: readonly Quad[], box: Box, most: number): Map<Quad, Rect & Box> {
  const [first] = maps;
  if (!first) return new Map();
  const size = { width: first.columns, height: first.rows };
  const grid = gridIn(maps.length, size, box, { spacing: mapSpacing, largest: most === 1 ? Infinity : most });
  return standing(maps, size, grid, box, (i) => [i % grid.columns, Math.floor(i / grid.columns)]);
}

/** A column a filter, and those in a grid. */
function kernelsIn({ plan, kernels }: Contents, box: Box, most: number): Map<Quad, Rect & Box> {
  const [first] = kernels;
  if (!first) return new Map();
  const between = kernelSpacing * first.columns;
  const rowOf = first.rows + between;
  const column = { width: first.columns, height: plan.kernelInputs * rowOf - between };
  const grid = gridIn(plan.filters, column, box, {
    spacing: kernelSpacing * (first.columns / Math.min(column.width, column.height)),
    largest: Math.min(most, 16),
  });
  const top = box.y + (box.height - grid.height) / 2;
  const leftmost = box.x + (box.width - grid.width) / 2;
  return new Map(
    kernels.map((quad) => {
      const [filter, input] = [quad.index % plan.filters, Math.floor(quad.index / plan.filters)];
      const x = leftmost + (filter % grid.columns) * (column.width * grid.scale + grid.gap);
      const y =
        top + Math.floor(filter / grid.columns) * (column.height * grid.scale + grid.gap) + input * rowOf * grid.scale;
      return [quad, { x, y, width: first.columns * grid.scale, height: first.rows * grid.scale }];
    }),
  );
}

/** Grids of units side by side, folded as the room is. */
function unitsIn(units: readonly Quad[], box: Box): Map<Quad, Rect & Box> {
  const all = units.reduce((sum, { cells }) => sum + cells, 0);
  const rects = new Map<Quad, Rect & Box>();
  let x = box.x;
  for (const quad of units) {
    const width = ((box.width - gap * (units.length - 1)) * quad.cells) / all;
    const fold = dividing(quad.cells, Math.sqrt((quad.cells * width) / box.height));
    const rows = Math.ceil(quad.cells / fold);
    const side = Math.min(largestCell, width / fold, box.height / rows);
    rects.set(quad, {
      ...{ x: x + (width - side * fold) / 2, y: box.y + (box.height - side * rows) / 2 },
      ...{ width: side * fold, height: side * rows, fold },
    });
    x += width + gap;
  }
  return rects;
}

function standing(
  quads: readonly Quad[],
  size: Size,
  grid: { scale: number; gap: number; width: number; height: number },
  box: Box,
  at: (index: number) => [column: number, row: number],
): Map<Quad, Rect & Box> {
  const [width, height] = [size.width * grid.scale, size.height * grid.scale];
  const [left, top] = [box.x + (box.width - grid.width) / 2, box.y + (box.height - grid.height) / 2];
  return new Map(
    quads.map((quad, i) => {
      const [column, row] = at(i);
      return [quad, { x: left + column * (width + grid.gap), y: top + row * (height + grid.gap), width, height }];
    }),
  );
}

function fitted({ columns, rows }: Quad, box: Box): Rect & Box {
  const scale = Math.min(largestCell, box.width / columns, box.height / rows);
  const [width, height] = [columns * scale, rows * scale];
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Logits, names and bars as they stand in the whole, only larger. */
function classesPanel(contents: Contents, box: Box, view: Size): Panel {
  const measures = measure(contents, 1, 1, 1, 1);
  const { rects, classes } = fill(contents, measures);
  const k = unitsPerPixel * Math.min(130, box.width / measures.width, box.height / measures.height);
  return {
    x: (box.x + box.width / 2 - view.width / 2) * unitsPerPixel,
    ...{ y: 0, turn: 0, width: measures.width * k, height: measures.height * k, base: noBase, nameAt: 'below' },
    rects: rects.map(({ x, y, width, height }) => ({ x: x * k, y: y * k, width: width * k, height: height * k })),
    classes: classes.map(({ x, y }) => ({ x: x * k, y: y * k })),
  };
}

/** A panel around rectangles given in pixels of the view; quads without one are nowhere. */
function panelOf(plan: LayerPlan, rects: ReadonlyMap<Quad, Rect & Box>, view: Size): Panel {
  const boxes = [...rects.values()];
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const k = unitsPerPixel;
  return {
    ...{ x: (x - view.width / 2) * k, y: (view.height / 2 - y) * k, turn: 0 },
    ...{ width: (right - left) * k, height: (bottom - top) * k, base: noBase, nameAt: 'below', classes: [] },
    rects: plan.quads.map((quad) => {
      const rect = rects.get(quad);
      if (!rect) return noBase;
      return {
        ...{ x: (rect.x + rect.width / 2 - x) * k, y: (y - rect.y - rect.height / 2) * k },
        ...{ width: rect.width * k, height: rect.height * k },
        ...(rect.fold !== undefined && { fold: rect.fold }),
      };
    }),
  };
}
