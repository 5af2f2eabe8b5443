import { arrangements } from './dividing.ts';
import { type LayerPlan, mostBars, type Quad, type Section } from './plan.ts';

/** A rectangle in a panel's plane: its centre and size. x to the right, y up, the panel's centre at (0, 0). */
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Units side by side, where they are folded otherwise than the plan says. */
  readonly fold?: number;
};

/** How many cells of a quad stand side by side and below each other. */
export function gridOf({ columns, rows, cells }: Quad, { fold }: Rect): { columns: number; rows: number } {
  return fold === undefined ? { columns, rows } : { columns: fold, rows: Math.ceil(cells / fold) };
}

/** What a panel holds, and how large it comes out: numbers alone, so that many arrangements can be tried. */
export type Measures = {
  readonly width: number;
  readonly height: number;
  /** How many maps stand side by side, the size of one and the gap to the next. */
  readonly maps: { readonly columns: number; readonly width: number; readonly height: number; readonly gap: number };
  readonly kernels: Kernels | null;
  /** How much larger single things are than usual. */
  readonly large: number;
};

/** `across` filters to a band; a kernel and its spacing take `pitch`, a band and its spacing `band`. */
type Kernels = { readonly across: number; readonly pitch: number; readonly band: number };

/** Between maps and kernels. */
const kernelGap = 0.17;
/** Between kernels, as a share of their pitch. */
const kernelSpacing = 0.17;
/** Larger kernels would be taken for maps. */
const largestPitch = 0.36;
const inputSide = 1.4;
const unitSide = 0.155;
const tallestUnits = 3.3;
const betweenGrids = 0.15;
/** A class's row: a cell for its logit, room for its name, its score as a bar. */
const row = { pitch: 0.31, cell: 0.23, name: 0.3, bar: 0.9 };

/** The plan's quads by what they are. */
export type Contents = { readonly plan: LayerPlan } & Readonly<Record<Section, readonly Quad[]>>;

export function contentsOf(plan: LayerPlan): Contents {
  const of = (section: Section) => plan.quads.filter((quad) => quad.section === section);
  return {
    plan,
    maps: of('maps'),
    kernels: of('kernels'),
    units: of('units'),
    logits: of('logits'),
    scores: of('scores'),
  };
}

/**
 * How large a panel comes out with `columns` maps side by side, if it is to be at most `tallest` high (it may have to be
 * higher). `resolution`: cells along the largest map of the network, whose side is 1.
 */
export function measure(
  contents: Contents,
  resolution: number,
  columns: number,
  tallest: number,
  large: number,
): Measures {
  const { plan, logits } = contents;
  const maps = measureMaps(contents, resolution, columns, large);
  let width = maps.columns * (maps.width + maps.gap) - maps.gap;
  let height = Math.ceil(contents.maps.length / columns) * (maps.height + maps.gap) - maps.gap;
  let kernels: Kernels | null = null;
  if (contents.kernels.length > 0) {
    const smallest = Math.min(0.13, 0.3 * maps.width);
    // The maps stay the main thing.
    const room = Math.min(tallest - height - kernelGap, 0.75 * height);
    kernels = measureKernels(plan, width, room, smallest);
    const bands = Math.ceil(plan.filters / kernels.across);
    height += kernelGap + (bands - 1) * kernels.band + (plan.kernelInputs - kernelSpacing) * kernels.pitch;
  } else if (logits.length > 0) {
    const shrunk = large * rowScale(logits.length);
    width = shrunk * (row.cell + row.name + row.bar);
    height = shrunk * (logits.length * row.pitch - (row.pitch - row.cell));
  } else if (contents.maps.length === 0) {
    const grids = gridsOf(contents).map((quad) => gridSize(quad, large));
    width = grids.reduce((sum, grid) => sum + grid.width + betweenGrids, -betweenGrids);
    height = Math.max(...grids.map((grid) => grid.height));
  }
  return { width, height, maps, kernels, large };
}

function measureMaps({ plan, maps }: Contents, resolution: number, columns: number, large: number): Measures['maps'] {
  const [first] = maps;
  if (!first) return { columns, width: 0, height: 0, gap: 0 };
  const longest = Math.max(first.rows, first.columns);
  // Below proportion, or a 5×5 map beside a 28×28 one would be a dot. The input is as large as suits the first maps.
  const side = plan.kind === 'input' ? inputSide * large : (longest / resolution) ** 0.62;
  return {
    columns: Math.min(columns, maps.length),
    width: (side * first.columns) / longest,
    height: (side * first.rows) / longest,
    gap: 0.035 + 0.06 * side,
  };
}

/**
 * A matrix with a column a filter and a row an input channel, as wide as the maps above it. Filters that find no room go
 * on in a further band below: as few in a band as the height allows, for the largest kernels.
 */
function measureKernels(plan: LayerPlan, width: number, room: number, smallest: number): Kernels {
  let kernels: Kernels | undefined;
  for (const across of arrangements(plan.filters)) {
    // The last kernel ends where the maps end.
    const pitch = width / (across - kernelSpacing);
    const bands = Math.ceil(plan.filters / across);
    const band = (plan.kernelInputs + (bands > 1 ? 0.5 : 0)) * pitch;
    // Kernels become smaller to fit, but not specks: rather the panel grows.
    if (kernels && pitch < smallest) break;
    kernels = { across, pitch, band };
    if (pitch <= largestPitch && bands * band <= room) break;
  }
  return kernels!;
}

/** Where each of the plan's quads stands, in the plan's order, and where the names of the classes go. */
export function fill(contents: Contents, measures: Measures): { rects: Rect[]; classes: { x: number; y: number }[] } {
  const rects = new Map<Quad, Rect>();
  const classes: { x: number; y: number }[] = [];
  const [left, top] = [-measures.width / 2, measures.height / 2];
  const put = (quad: Quad, x: number, y: number, width: number, height: number) => {
    rects.set(quad, { x: left + x + width / 2, y: top - y - height / 2, width, height });
  };

  const { maps, kernels, large } = measures;
  for (const [i, quad] of contents.maps.entries()) {
    const x = (i % maps.columns) * (maps.width + maps.gap);
    const y = Math.floor(i / maps.columns) * (maps.height + maps.gap);
    put(quad, x, y, maps.width, maps.height);
  }

  if (kernels) {
    const { filters } = contents.plan;
    const start = Math.ceil(contents.maps.length / maps.columns) * (maps.height + maps.gap) - maps.gap + kernelGap;
    for (const quad of contents.kernels) {
      const filter = quad.index % filters;
      const input = Math.floor(quad.index / filters);
      const y = start + Math.floor(filter / kernels.across) * kernels.band + input * kernels.pitch;
      const side = kernels.pitch * (1 - kernelSpacing);
      put(quad, (filter % kernels.across) * kernels.pitch, y, side, side);
    }
  }

  let across = 0;
  for (const quad of gridsOf(contents)) {
    const { width, height } = gridSize(quad, large);
    put(quad, across, (measures.height - height) / 2, width, height);
    across += width + betweenGrids;
  }

  const shrunk = large * rowScale(contents.logits.length);
  const { pitch, cell, name, bar } = row;
  for (const [i, quad] of contents.logits.entries()) {
    put(quad, 0, shrunk * i * pitch, shrunk * cell, shrunk * cell);
    classes.push({ x: left + shrunk * (cell + name / 2), y: top - shrunk * (i * pitch + cell / 2) });
    const score = contents.scores[i]!;
    put(score, shrunk * (cell + name), shrunk * (i * pitch + cell / 4), shrunk * bar, (shrunk * cell) / 2);
  }
  return { rects: contents.plan.quads.map((quad) => rects.get(quad)!), classes };
}

function gridsOf({ units, scores, logits }: Contents): readonly Quad[] {
  return logits.length > 0 ? [] : [...units, ...scores];
}

function gridSize(quad: Quad, large: number): { width: number; height: number } {
  const cell = large * Math.min(unitSide, tallestUnits / quad.rows);
  return { width: cell * quad.columns, height: cell * quad.rows };
}

/** Ten classes at full size, more of them smaller. */
function rowScale(classes: number): number {
  return Math.min(1, (mostBars / 2 / Math.max(1, classes)) ** 0.5);
}
