import { dividing } from './dividing.ts';
import { fieldOfView } from './fit.ts';
import { type LayerPlan, mostBars, type Quad, type Section } from './plan.ts';

/**
 * Where everything stands. Unit of length: the side of the network's largest feature map.
 *
 * Each layer is an upright panel turned about its vertical axis; time runs along +x. Within a panel: x to the right,
 * y up, the panel's centre at (0, 0).
 */
export type Rect = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Panel = {
  /** World position of the panel's centre, on the line z = 0. */
  readonly x: number;
  readonly y: number;
  /** Turn about the vertical, in radians: the right edge goes back. */
  readonly turn: number;
  readonly width: number;
  readonly height: number;
  /** One rectangle (centre and size, in the panel's plane) a quad, in the plan's order. */
  readonly rects: readonly Rect[];
  /** The line that the panel stands on. */
  readonly base: Rect;
  /** Where the class names go, in the panel's plane; empty for all but the last layer. */
  readonly classes: readonly { readonly x: number; readonly y: number }[];
};

/** Radians that a panel is turned by: enough to read as depth, little enough to read the maps. */
export const panelTurn = 0.44;
/** Between panels, as seen from the front. */
const aisle = 0.3;
/** Between a panel's foot and the line under it. */
const foot = 0.2;

/**
 * Arranges the panels for a view `aspect` times as wide as high: chooses for each layer how many maps stand side by
 * side so that everything together comes out as large as it can.
 */
export function placeNetwork(plans: readonly LayerPlan[], aspect: number): Panel[] {
  const resolution = Math.max(...plans.flatMap((plan) => (plan.kind === 'input' ? [1] : [longestSide(plan)])));
  let best: { panels: Sketch[]; size: number } | undefined;
  for (let tallest = 1.5; tallest <= 24; tallest *= 1.08) {
    const panels = sketchAll(plans, resolution, tallest);
    const width = panels.reduce((sum, panel) => sum + panel.width * Math.cos(panelTurn) + aisle, -aisle);
    const height = Math.max(...panels.map((panel) => panel.height)) + 2 * foot;
    const size = Math.min(aspect / width, 1 / height);
    // Of equals the tallest: its kernels are larger.
    if (!best || size >= best.size * 0.9999) best = { panels, size };
  }
  return stand(best!.panels, aspect);
}

/** Between maps and kernels. */
const kernelGap = 0.17;
/** Between kernels, as a share of their distance. */
const kernelSpacing = 0.17;
/** A kernel and its spacing; larger ones would be taken for maps. */
const largestKernel = 0.36;

type Sketch = Omit<Panel, 'x' | 'y' | 'turn' | 'base'>;

function sketchAll(plans: readonly LayerPlan[], resolution: number, tallest: number): Sketch[] {
  let columns = 1;
  return plans.map((plan) => {
    // A pooling layer repeats the arrangement of what it pools: the same grid, grown smaller.
    if (plan.kind === 'conv') columns = columnsFor(plan, resolution, tallest);
    return sketch(plan, resolution, plan.kind === 'input' ? 1 : columns, tallest);
  });
}

function columnsFor(plan: LayerPlan, resolution: number, tallest: number): number {
  const maps = count(plan, 'maps');
  for (let wanted = Math.max(1, Math.sqrt(maps) / 2); wanted < maps; wanted += 0.5) {
    const columns = dividing(maps, wanted);
    if (sketch(plan, resolution, columns, tallest).height <= tallest) return columns;
  }
  return maps;
}

/** The drawn side of a plane: below proportion, or a 5×5 map beside a 28×28 one would be a dot. */
function sideOf(quad: Quad, resolution: number): { width: number; height: number } {
  const longest = Math.max(quad.rows, quad.columns);
  const side = quad.look === 'image' ? 1.4 : (longest / resolution) ** 0.62;
  return { width: (side * quad.columns) / longest, height: (side * quad.rows) / longest };
}

function sketch(plan: LayerPlan, resolution: number, columns: number, tallest: number): Sketch {
  const parts: { quad: Quad; rect: Rect }[] = [];
  const classes: { x: number; y: number }[] = [];
  let width = 0;
  let bottom = 0;
  const quadsOf = (section: Section) => plan.quads.filter((quad) => quad.section === section);

  const maps = quadsOf('maps');
  if (maps.length > 0) {
    const { width: w, height: h } = sideOf(maps[0]!, resolution);
    const gap = 0.035 + 0.06 * Math.max(w, h);
    maps.forEach((quad, i) => {
      const column = i % columns;
      const row = Math.floor(i / columns);
      parts.push({ quad, rect: { x: column * (w + gap) + w / 2, y: -row * (h + gap) - h / 2, width: w, height: h } });
    });
    const across = Math.min(columns, maps.length);
    width = across * (w + gap) - gap;
    bottom = Math.ceil(maps.length / columns) * (h + gap) - gap;
  }

  const kernels = quadsOf('kernels');
  if (kernels.length > 0) {
    const smallest = Math.min(0.13, 0.3 * sideOf(maps[0]!, resolution).width);
    const { across, pitch, side, band } = kernelGrid(plan, width, tallest - bottom - kernelGap, smallest);
    const top = bottom + kernelGap;
    for (const quad of kernels) {
      const filter = quad.index % plan.filters;
      const input = Math.floor(quad.index / plan.filters);
      const x = (filter % across) * pitch + side / 2;
      const y = -(top + Math.floor(filter / across) * band + input * pitch + side / 2);
      parts.push({ quad, rect: { x, y, width: side, height: side } });
    }
    bottom = top + (Math.ceil(plan.filters / across) - 1) * band + (plan.kernelInputs - 1) * pitch + side;
  }

  const units = quadsOf('units');
  const scores = quadsOf('scores');
  for (const quad of scores[0]?.look === 'units' ? [...units, ...scores] : units) {
    const cell = Math.min(0.155, 3.3 / quad.rows);
    const left = width > 0 ? width + 0.15 : 0;
    const [w, h] = [cell * quad.columns, cell * quad.rows];
    parts.push({ quad, rect: { x: left + w / 2, y: -h / 2, width: w, height: h } });
    width = left + w;
    bottom = Math.max(bottom, h);
  }

  const logits = quadsOf('logits');
  if (logits.length > 0) {
    const pitch = Math.min(0.31, 0.31 * (mostBars / 2 / logits.length) ** 0.5);
    const cell = pitch * 0.74;
    const [name, bar] = [0.3, 0.9];
    logits.forEach((quad, i) => {
      const y = -(i * pitch + cell / 2);
      parts.push({ quad, rect: { x: cell / 2, y, width: cell, height: cell } });
      classes.push({ x: cell + name / 2, y });
    });
    scores.forEach((quad, i) => {
      const y = -(i * pitch + cell / 2);
      parts.push({ quad, rect: { x: cell + name + bar / 2, y, width: bar, height: cell * 0.5 } });
    });
    width = cell + name + bar;
    bottom = logits.length * pitch - (pitch - cell);
  }

  const height = bottom;
  const centred = <P extends { x: number; y: number }>(place: P): P => {
    return { ...place, x: place.x - width / 2, y: place.y + height / 2 };
  };
  const rectOf = new Map(parts.map(({ quad, rect }) => [quad, centred(rect)]));
  return { width, height, rects: plan.quads.map((quad) => rectOf.get(quad)!), classes: classes.map(centred) };
}

/**
 * A matrix with a column a filter and a row an input channel, as wide as the maps above it. Filters that find no room go
 * on in a further band below: as few in a band as the height allows, for the largest kernels.
 */
function kernelGrid(plan: LayerPlan, width: number, room: number, smallest: number) {
  let grid = { across: 1, pitch: width, side: width, band: width };
  for (let wanted = 1; wanted <= plan.filters; wanted += 1) {
    const across = dividing(plan.filters, wanted);
    // The last kernel ends where the maps end.
    const pitch = width / (across - kernelSpacing);
    const bands = Math.ceil(plan.filters / across);
    const band = (plan.kernelInputs + (bands > 1 ? 0.5 : 0)) * pitch;
    grid = { across, pitch, side: pitch * (1 - kernelSpacing), band };
    // Kernels may become smaller to fit, but not specks: then the panel grows.
    if (pitch <= largestKernel && (bands * band <= room || width / (across + 1) < smallest)) break;
  }
  return grid;
}

/**
 * Puts the panels side by side above one common floor, so that the aisles between them look equal from the resting
 * camera: a turned panel looks wider on the left of the picture, where it is seen more from the front.
 */
function stand(panels: readonly Sketch[], aspect: number): Panel[] {
  const floor = -Math.max(...panels.map((panel) => panel.height)) / 2 - foot;
  const [cos, sin] = [Math.cos(panelTurn) / 2, Math.sin(panelTurn) / 2];
  let span = panels.reduce((sum, panel) => sum + 2 * cos * panel.width + aisle, -aisle);
  let xs: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const distance = span / (2 * Math.tan((fieldOfView * Math.PI) / 360) * aspect);
    // Positions on the plane z = 0 as the camera sees them.
    let left = -span / 2;
    xs = panels.map(({ width }) => {
      const x = (left * (distance - sin * width)) / distance + cos * width;
      left = ((x + cos * width) * distance) / (distance + sin * width) + aisle;
      return x;
    });
    span += left - aisle - span / 2;
  }
  return panels.map((panel, i) => {
    return { ...panel, x: xs[i]!, y: 0, turn: panelTurn, base: { x: 0, y: floor, width: panel.width, height: 0 } };
  });
}

function longestSide(plan: LayerPlan): number {
  const maps = plan.quads.filter((quad) => quad.section === 'maps');
  return Math.max(1, ...maps.map((quad) => Math.max(quad.rows, quad.columns)));
}

function count(plan: LayerPlan, section: Section): number {
  return plan.quads.filter((quad) => quad.section === section).length;
}
