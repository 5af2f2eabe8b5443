import { type Contents, contentsOf, fill, measure, type Rect } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan, Quad } from './plan.ts';

/** World units a CSS pixel: the sheet is laid out in pixels of the view, as a page is. */
export const unitsPerPixel = 0.01;

/** CSS pixels. Names stand left of their rows; units and classes in a strip on the right. */
const names = 92;
const betweenRows = 9;
const betweenStrips = 26;
const foot = 12;
/** Of the width, at most. */
const mostStrip = 0.34;
/** Smaller ones are no more told apart. */
const smallestMap = 3;
const smallestKernel = 2.5;

type Size = { readonly width: number; readonly height: number };

/** One layer's maps, with its kernels below: numbers alone, so that many sizes can be tried. Pixels. */
type Block = Size & {
  readonly map: Size;
  readonly gap: number;
  /** Maps side by side. */
  readonly across: number;
  /** `across` filters to a band. */
  readonly kernels: { readonly start: number; readonly pitch: number; readonly band: number; readonly across: number };
};

/**
 * The contact sheet: flat, seen from the front. Layer after layer from the top, each layer's maps in rows as wide as the page; what
 * has no maps (units, classes) side by side in a strip on the right. As large as a view of this many CSS pixels allows.
 */
export function placeSheet(plans: readonly LayerPlan[], view: Size): Panel[] {
  const contents = plans.map(contentsOf);
  const strip = stripOf(contents.filter(hasNoMaps), view);
  const width = view.width - names - (strip.width > 0 ? strip.width + betweenStrips : 0);
  const withMaps = contents.filter((each) => !hasNoMaps(each));
  const resolution = Math.max(1, ...withMaps.filter(({ plan }) => plan.kind !== 'input').map(longestMap));
  const least = Math.min(30, (0.7 * view.height) / Math.max(1, withMaps.length));
  const blocksAt = (side: number) => withMaps.map((each) => blockOf(each, side, resolution, width));
  const heightOf = (blocks: readonly Block[]) =>
    blocks.reduce((sum, { height }) => sum + Math.max(height, least) + betweenRows, -betweenRows);
  let [low, high] = [smallestMap, Math.max(view.width, view.height)];
  for (let halved = 0; halved < 24; halved += 1) {
    const tried = (low + high) / 2;
    if (heightOf(blocksAt(tried)) <= view.height) low = tried;
    else high = tried;
  }
  const blocks = blocksAt(low);
  const height = Math.max(heightOf(blocks), strip.height);
  const [left, top] = [-view.width / 2, height / 2];
  let y = 0;
  const placed = new Map<LayerPlan, Panel>();
  for (const [i, block] of blocks.entries()) {
    placed.set(withMaps[i]!.plan, panelOf(withMaps[i]!, block, left + names, top - y));
    y += Math.max(block.height, least) + betweenRows;
  }
  let x = view.width / 2 - strip.width;
  for (const { plan, panel } of strip.panels) {
    const [width, height] = [panel.width / unitsPerPixel, panel.height / unitsPerPixel];
    placed.set(plan, { ...panel, x: (x + width / 2) * unitsPerPixel, y: (top - height / 2) * unitsPerPixel });
    x += width + strip.gap;
  }
  return plans.map((plan) => placed.get(plan)!);
}

function hasNoMaps({ maps }: Contents): boolean {
  return maps.length === 0;
}

function longestMap({ maps }: Contents): number {
  return Math.max(maps[0]!.rows, maps[0]!.columns);
}

/** `side`: pixels along a map of the network's finest layer. Coarser ones are smaller, but not in proportion: they would be dots. */
function blockOf({ plan, maps, kernels }: Contents, side: number, resolution: number, width: number): Block {
  const [first] = maps;
  const longest = Math.max(first!.rows, first!.columns);
  const long =
    plan.kind === 'input' ? Math.min(2 * side, 96) : Math.max(smallestMap, side * (longest / resolution) ** 0.5);
  const map = { width: (long * first!.columns) / longest, height: (long * first!.rows) / longest };
  const gap = Math.max(1, 0.08 * long);
  const across = Math.max(1, Math.floor((width + gap) / (map.width + gap)));
  const ofMaps = {
    width: Math.min(maps.length, across) * (map.width + gap) - gap,
    height: Math.ceil(maps.length / across) * (map.height + gap) - gap,
  };
  const pitch = Math.max(smallestKernel, Math.min(0.34 * long, width / 12));
  // A column a filter, in as many bands as it takes.
  const filters = Math.max(1, Math.min(plan.filters, Math.floor(width / pitch)));
  const band = (plan.kernelInputs + 0.4) * pitch;
  const start = ofMaps.height + gap + 3;
  const block = { ...ofMaps, map, gap, across, kernels: { start, pitch, band, across: filters } };
  if (kernels.length === 0) return block;
  return {
    ...block,
    width: Math.max(ofMaps.width, filters * pitch),
    height: start + Math.ceil(plan.filters / filters) * band - 0.4 * pitch,
  };
}

/** Rectangles from the block's top left, in pixels, y down. */
function rectsOf({ plan, maps, kernels }: Contents, block: Block): ReadonlyMap<Quad, Rect> {
  const rects = new Map<Quad, Rect>();
  const { map, gap, across } = block;
  for (const [i, quad] of maps.entries()) {
    const x = (i % across) * (map.width + gap);
    rects.set(quad, { x, y: Math.floor(i / across) * (map.height + gap), ...map });
  }
  const { start, pitch, band, across: inBand } = block.kernels;
  for (const quad of kernels) {
    const [filter, input] = [quad.index % plan.filters, Math.floor(quad.index / plan.filters)];
    const y = start + Math.floor(filter / inBand) * band + input * pitch;
    rects.set(quad, { x: (filter % inBand) * pitch, y, width: 0.86 * pitch, height: 0.86 * pitch });
  }
  return rects;
}

/** A block whose top left is at (left, top), y up, all in pixels. */
function panelOf(contents: Contents, block: Block, left: number, top: number): Panel {
  const { width, height } = block;
  const rects = rectsOf(contents, block);
  const k = unitsPerPixel;
  return {
    ...{ x: (left + width / 2) * k, y: (top - height / 2) * k, turn: 0, width: width * k, height: height * k },
    rects: contents.plan.quads.map((quad) => {
      const rect = rects.get(quad)!;
      return {
        x: (rect.x + rect.width / 2 - width / 2) * k,
        y: (height / 2 - rect.y - rect.height / 2) * k,
        ...{ width: rect.width * k, height: rect.height * k },
      };
    }),
    base: noBase,
    nameAt: 'left',
    classes: [],
  };
}

/** No line to stand on: far below whatever is seen. */
export const noBase: Rect = { x: 0, y: -1e5, width: 0, height: 0 };

/** Grids of units and the classes, side by side and as high as the view at most, without their places yet. */
function stripOf(contents: readonly Contents[], view: Size) {
  const measured = contents.map((each) => {
    const measures = measure(each, 1, 1, 1, 1);
    return { plan: each.plan, measures, filled: fill(each, measures) };
  });
  const room = { width: mostStrip * view.width, height: view.height - 2 * foot - 22 };
  const whole = measured.reduce((sum, { measures }) => sum + measures.width, 0);
  const gap = 14;
  const factor = Math.min(
    1 / unitsPerPixel,
    ...measured.map(({ measures }) => room.height / measures.height),
    (room.width - gap * (measured.length - 1)) / whole,
  );
  const k = factor * unitsPerPixel;
  return {
    gap,
    width: measured.length === 0 ? 0 : whole * factor + gap * (measured.length - 1),
    height: Math.max(0, ...measured.map(({ measures }) => measures.height * factor)) + 2 * foot + 22,
    panels: measured.map(({ plan, measures, filled }) => ({
      plan,
      panel: {
        ...{ x: 0, y: 0, turn: 0, width: measures.width * k, height: measures.height * k },
        rects: filled.rects.map(({ x, y, width, height }) => ({
          x: x * k,
          y: y * k,
          width: width * k,
          height: height * k,
        })),
        base: { x: 0, y: (-measures.height * k) / 2 - foot * unitsPerPixel, width: measures.width * k, height: 0 },
        nameAt: 'below' as const,
        classes: filled.classes.map(({ x, y }) => ({ x: x * k, y: y * k })),
      },
    })),
  };
}
