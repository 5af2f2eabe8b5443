import { arrangements } from './dividing.ts';
import { fieldOfView } from './fit.ts';
import { type Contents, contentsOf, fill, measure, type Measures, type Rect } from './panel-contents.ts';
import type { LayerPlan } from './plan.ts';

/**
 * Where a layer stands. Unit of length: the side of the network's largest feature map.
 *
 * Each layer is an upright panel turned about its vertical axis; the way of the image runs along +x, and of long networks line after line.
 */
export type Panel = {
  /** World position of the panel's centre, on the plane z = 0. */
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
  /** Where its name goes: under its foot, or left of its top. */
  readonly nameAt: 'below' | 'left';
  /** Where the class names go, in the panel's plane; empty for all but the last layer. */
  readonly classes: readonly { readonly x: number; readonly y: number }[];
};

/** Radians that a panel is turned by: enough to read as depth, little enough to read the maps. */
const panelTurn = 0.44;
/** Between panels, as seen from the front. */
const aisle = 0.3;
/** Between a panel's foot and the line under it. */
const foot = 0.2;

/** Room for names between two lines of panels, as a share of the whole height. */
const lineGap = 0.085;
const mostLines = 6;
/** Fewer layers are no line. */
const fewestInLine = 6;
/** A network is laid in lines, as text is, only where it comes out so much larger. */
const worthLines = 1.4;

type Arrangement = {
  readonly panels: readonly Measures[];
  /** For each panel its line, from the top. */
  readonly lines: readonly number[];
  readonly size: number;
  readonly large: number;
};

/**
 * Arranges the panels for a view `aspect` times as wide as high: chooses for each layer how many maps stand side by
 * side so that everything together comes out as large as it can; a long chain in several lines.
 */
export function placeNetwork(plans: readonly LayerPlan[], aspect: number): Panel[] {
  const contents = plans.map(contentsOf);
  const resolution = Math.max(1, ...contents.map(longestMap));
  let [inOne, inSeveral]: (Arrangement | undefined)[] = [];
  for (let tallest = 1.5; tallest <= 24; tallest *= 1.08) {
    const [one, ...several] = arrange(contents, resolution, tallest, aspect);
    inOne = better(one!, inOne);
    for (const tried of several) inSeveral = better(tried, inSeveral);
  }
  const isWorth = inSeveral !== undefined && inSeveral.size > inOne!.size * worthLines;
  return stand(contents, isWorth ? inSeveral! : inOne!, aspect);
}

/** Of equals the one tried later, which is taller: its kernels are larger. */
function better(tried: Arrangement, best: Arrangement | undefined): Arrangement {
  return best && tried.size < best.size * 0.9999 ? best : tried;
}

/** The panels at most `tallest` high, in one line, in two, and so on. */
function arrange(contents: readonly Contents[], resolution: number, tallest: number, aspect: number): Arrangement[] {
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
  const most = Math.min(mostLines, Math.ceil(panels.length / fewestInLine));
  return Array.from({ length: most }, (_, index) => {
    const lines = linesOf(panels, index + 1, large);
    const width = Math.max(...byLine(panels, lines).map((line) => breadthOf(line, large)));
    return { panels, lines, large, size: Math.min(aspect / width, 1 / heightOf({ panels, lines, large })) };
  });
}

/** Lines that come out about equally wide, in the panels' order. */
function linesOf(panels: readonly Measures[], count: number, large: number): readonly number[] {
  const steps = panels.map(({ width }) => width * Math.cos(panelTurn) + aisle * large);
  const whole = steps.reduce((sum, step) => sum + step, 0);
  let before = 0;
  return steps.map((step) => {
    const middle = before + step / 2;
    before += step;
    return Math.floor((middle / whole) * count);
  });
}

function byLine<Item>(items: readonly Item[], lines: readonly number[]): readonly (readonly Item[])[] {
  const count = Math.max(...lines) + 1;
  return Array.from({ length: count }, (_, line) => items.filter((_item, index) => lines[index] === line));
}

/** As seen from the front. */
function breadthOf(line: readonly Measures[], large: number): number {
  const between = aisle * large;
  return line.reduce((sum, panel) => sum + panel.width * Math.cos(panelTurn) + between, -between);
}

/** Of each line, with the room above and below its panels. */
function heightsOf({ panels, lines, large }: Omit<Arrangement, 'size'>): readonly number[] {
  return byLine(panels, lines).map((line) => Math.max(...line.map(({ height }) => height)) + 2 * foot * large);
}

/** Of all lines, with the room for names between them. */
function heightOf(arrangement: Omit<Arrangement, 'size'>): number {
  const heights = heightsOf(arrangement);
  return heights.reduce((sum, height) => sum + height, 0) / (1 - lineGap * (heights.length - 1));
}

/**
 * Puts the panels of a line side by side above one common floor, so that the aisles between them look equal from the resting
 * camera: a turned panel looks wider on the left of the picture, where it is seen more from the front.
 */
function stand(contents: readonly Contents[], arrangement: Arrangement, aspect: number): Panel[] {
  const { panels, lines, large } = arrangement;
  const between = aisle * large;
  const height = heightOf(arrangement);
  const [cos, sin] = [Math.cos(panelTurn) / 2, Math.sin(panelTurn) / 2];
  const tangent = Math.tan((fieldOfView * Math.PI) / 360);
  const widest = byLine(panels, lines).map((line) => breadthOf(line, large));
  let span = Math.max(...widest);
  let xs: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    // The margins for names make the camera stand back by about a fifth.
    const distance = (1.2 * Math.max(span / aspect, height)) / (2 * tangent);
    // Positions on the plane z = 0 as the camera sees them: every line begins at the left.
    const ends = widest.map(() => -span / 2);
    xs = panels.map(({ width }, index) => {
      const left = ends[lines[index]!]!;
      const x = (left * (distance - sin * width)) / distance + cos * width;
      ends[lines[index]!] = ((x + cos * width) * distance) / (distance + sin * width) + between;
      return x;
    });
    span += Math.max(...ends) - between - span / 2;
  }
  const heights = heightsOf(arrangement);
  let top = height / 2;
  const middles = heights.map((lineHeight) => {
    const middle = top - lineHeight / 2;
    top -= lineHeight + lineGap * height;
    return middle;
  });
  return panels.map((panel, i) => {
    const line = lines[i]!;
    const base = { x: 0, y: -heights[line]! / 2, width: panel.width, height: 0 };
    return {
      ...{ x: xs[i]!, y: middles[line]!, turn: panelTurn, width: panel.width, height: panel.height, base },
      nameAt: 'below' as const,
      ...fill(contents[i]!, panel),
    };
  });
}

/** Cells along the longer side of a layer's maps; the input does not count. */
function longestMap({ plan, maps }: Contents): number {
  const [first] = maps;
  return first && plan.kind !== 'input' ? Math.max(first.rows, first.columns) : 0;
}
