import { arrangements } from './dividing.ts';
import { fieldOfView } from './fit.ts';
import { type Contents, contentsOf, fill, measure, type Measures, type Rect } from './panel-contents.ts';
import type { LayerPlan } from './plan.ts';

/**
 * Where a layer stands. Unit of length: the side of the network's largest feature map.
 *
 * Each layer is an upright panel turned about its vertical axis; time runs along +x.
 */
export type Panel = {
  /** World position of the panel's centre, on the line z = 0. */
  readonly x: number;
  readonly y: number;
  /** Turn about the vertical, in radians: the right edge goes back. */
  readonly turn: number;
  readonly width: number;
  readonly height: number;
  /** One rectangle a quad, in the plan's order. */
  readonly rects: readonly Rect[];
  /** The line that the panel stands on. */
  readonly base: Rect;
  /** Where the class names go, in the panel's plane; empty for all but the last layer. */
  readonly classes: readonly { readonly x: number; readonly y: number }[];
};

/** Radians that a panel is turned by: enough to read as depth, little enough to read the maps. */
const panelTurn = 0.44;
/** Between panels, as seen from the front. */
const aisle = 0.3;
/** Between a panel's foot and the line under it. */
const foot = 0.2;

type Arrangement = { readonly panels: readonly Measures[]; readonly size: number; readonly large: number };

/**
 * Arranges the panels for a view `aspect` times as wide as high: chooses for each layer how many maps stand side by
 * side so that everything together comes out as large as it can.
 */
export function placeNetwork(plans: readonly LayerPlan[], aspect: number): Panel[] {
  const contents = plans.map(contentsOf);
  const resolution = Math.max(1, ...contents.map(longestMap));
  let best: Arrangement | undefined;
  for (let tallest = 1.5; tallest <= 24; tallest *= 1.08) {
    const tried = arrange(contents, resolution, tallest, aspect);
    // Of equals the tallest: its kernels are larger.
    if (!best || tried.size >= best.size * 0.9999) best = tried;
  }
  return stand(contents, best!, aspect);
}

function arrange(contents: readonly Contents[], resolution: number, tallest: number, aspect: number): Arrangement {
  // Among hundreds of maps, what there is one of would be lost at its usual size.
  const large = Math.max(1, tallest / 9);
  let columns = 1;
  let before = 0;
  const panels = contents.map((each) => {
    const measured = (tried: number) => measure(each, resolution, tried, tallest, large);
    if (each.plan.kind === 'input') return measured(1);
    const count = each.maps.length;
    if (each.plan.kind === 'conv' || (count > 0 && count !== before)) {
      const all = arrangements(count).filter((tried) => tried >= Math.sqrt(count) / 2);
      columns = all.find((tried) => measured(tried).height <= tallest) ?? count;
    }
    if (count > 0) before = count;
    // A layer with as many maps (pooling, normalisation) repeats the arrangement of the one before: the same grid, grown smaller.
    return measured(Math.min(columns, Math.max(1, count)));
  });
  const between = aisle * large;
  const width = panels.reduce((sum, panel) => sum + panel.width * Math.cos(panelTurn) + between, -between);
  const height = Math.max(...panels.map((panel) => panel.height)) + 2 * foot * large;
  return { panels, size: Math.min(aspect / width, 1 / height), large };
}

/**
 * Puts the panels side by side above one common floor, so that the aisles between them look equal from the resting
 * camera: a turned panel looks wider on the left of the picture, where it is seen more from the front.
 */
function stand(contents: readonly Contents[], { panels, large }: Arrangement, aspect: number): Panel[] {
  const between = aisle * large;
  const floor = -Math.max(...panels.map((panel) => panel.height)) / 2 - foot * large;
  const [cos, sin] = [Math.cos(panelTurn) / 2, Math.sin(panelTurn) / 2];
  const tangent = Math.tan((fieldOfView * Math.PI) / 360);
  let span = panels.reduce((sum, panel) => sum + 2 * cos * panel.width + between, -between);
  let xs: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    // The margins for names make the camera stand back by about a fifth.
    const distance = (1.2 * Math.max(span / aspect, -2 * floor)) / (2 * tangent);
    // Positions on the plane z = 0 as the camera sees them.
    let left = -span / 2;
    xs = panels.map(({ width }) => {
      const x = (left * (distance - sin * width)) / distance + cos * width;
      left = ((x + cos * width) * distance) / (distance + sin * width) + between;
      return x;
    });
    span += left - between - span / 2;
  }
  return panels.map((panel, i) => {
    const { width, height } = panel;
    const base = { x: 0, y: floor, width, height: 0 };
    return { x: xs[i]!, y: 0, turn: panelTurn, width, height, base, ...fill(contents[i]!, panel) };
  });
}

/** Cells along the longer side of a layer's maps; the input does not count. */
function longestMap({ plan, maps }: Contents): number {
  const [first] = maps;
  return first && plan.kind !== 'input' ? Math.max(first.rows, first.columns) : 0;
}
