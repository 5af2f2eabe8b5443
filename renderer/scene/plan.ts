import { type FramePart, frameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { LayerKind, LayerSpec } from '../../shared/network/spec.ts';
import { dividing } from './dividing.ts';

/** How a quad is drawn. `units`: cells with gaps between; `bar`: one cell, shown as a length; `rule`: a plain line, no cells. */
export const looks = ['image', 'map', 'kernel', 'units', 'bar', 'rule'] as const;
export type Look = (typeof looks)[number];

/** Where in a layer's block a quad belongs: the placement arranges each section on its own. */
export type Section = 'maps' | 'kernels' | 'units' | 'logits' | 'scores';

/**
 * One rectangle on the screen: `cells` numbers of one plane of the frame, from cell `first` on, drawn row by row in
 * `columns × rows`, and kept in the layer's texture from texel (x, y) of slice `slice` on.
 */
export type Quad = {
  readonly part: FramePart;
  readonly plane: number;
  readonly section: Section;
  /** Position among the section's quads. */
  readonly index: number;
  readonly look: Look;
  /** Numbers on both sides of zero: coloured on a scale that is centred there. */
  readonly signed: boolean;
  readonly first: number;
  readonly cells: number;
  readonly columns: number;
  readonly rows: number;
  readonly slice: number;
  readonly x: number;
  readonly y: number;
};

/** All that one layer shows: one texture array and one draw call. */
export type LayerPlan = {
  readonly layer: string;
  readonly kind: Exclude<LayerKind, 'flatten'> | 'input';
  readonly quads: readonly Quad[];
  /** Filters and how many of their input channels are shown (conv only, else 0). */
  readonly filters: number;
  readonly kernelInputs: number;
  /** Size of a texture slice, in texels, and how many there are. */
  readonly texture: { readonly width: number; readonly height: number; readonly slices: number };
};

/** More kernels than this in one layer are specks: only the first input channels of each filter are shown. */
const mostKernels = 1024;
/** With more classes than this, bars with a name each have no room: the scores become a grid. */
export const mostBars = 20;

/**
 * What the scene shows of a network, layer by layer: the input, then every layer that has numbers of its own
 * (flatten only reorders). The class scores stand with the last layer.
 */
export function planNetwork(trace: NetworkTrace): LayerPlan[] {
  const { parts } = frameLayout(trace);
  const last = trace.layers[trace.layers.length - 1]!.spec.name;
  const plans = [planLayer('input', parts.slice(0, 1), { signed: false, asBars: false })];
  let signed = false;
  for (const { spec } of trace.layers) {
    if (spec.kind === 'flatten') continue;
    signed = givesBothSigns(spec) ?? signed;
    // A layer may itself be called "input": the frame's first part is the image.
    const ofLayer = parts.slice(1).filter((part) => part.layer === spec.name);
    const asBars = spec.kind === 'dense' && spec.name === last && trace.classes <= mostBars;
    plans.push(planLayer(spec.kind, ofLayer, { signed, asBars }));
  }
  return plans;
}

/** Whether a layer's outputs lie on both sides of zero; undefined where that depends on what it reads. */
function givesBothSigns(spec: LayerSpec): boolean | undefined {
  if (spec.kind !== 'conv' && spec.kind !== 'dense') return undefined;
  switch (spec.activation) {
    case 'none':
    case 'tanh':
    case 'scaled-tanh':
      return true;
    case 'logistic':
    case 'relu':
      return false;
    default:
      return spec.activation satisfies never;
  }
}

type Shelf = Omit<Quad, 'slice' | 'x' | 'y'>;

function planLayer(
  kind: LayerPlan['kind'],
  parts: readonly FramePart[],
  { signed, asBars }: { signed: boolean; asBars: boolean },
): LayerPlan {
  const shelves: Shelf[] = [];
  let filters = 0;
  let kernelInputs = 0;
  const maps = parts.find((part) => part.part === 'maps');
  for (const part of parts) {
    switch (part.part) {
      case 'input':
        shelves.push(...wholePlanes(part, part.planes, { section: 'maps', look: 'image', signed: false }));
        break;
      case 'kernels':
        filters = maps?.planes ?? part.planes;
        kernelInputs = Math.max(1, Math.min(part.planes / filters, Math.floor(mostKernels / filters)));
        shelves.push(
          ...wholePlanes(part, filters * kernelInputs, { section: 'kernels', look: 'kernel', signed: true }),
        );
        break;
      case 'maps':
        if (asBars) shelves.push(...singleCells(part, { section: 'logits', look: 'map', signed }));
        else if (kind === 'dense') shelves.push(unitGrid(part, { section: 'units', look: 'units', signed }));
        else shelves.push(...wholePlanes(part, part.planes, { section: 'maps', look: 'map', signed }));
        break;
      case 'scores':
        if (asBars) shelves.push(...singleCells(part, { section: 'scores', look: 'bar', signed: false }));
        else shelves.push(unitGrid(part, { section: 'scores', look: 'units', signed: false }));
        break;
      default:
        return part.part satisfies never;
    }
  }
  return { layer: parts[0]!.layer, kind, filters, kernelInputs, ...packed(shelves) };
}

type Manner = Pick<Quad, 'section' | 'look' | 'signed'>;

function wholePlanes(part: FramePart, planes: number, manner: Manner): Shelf[] {
  const { height: rows, width: columns } = part;
  return Array.from({ length: planes }, (_, plane) => {
    return { ...manner, part, plane, index: plane, first: 0, cells: rows * columns, columns, rows };
  });
}

function singleCells(part: FramePart, manner: Manner): Shelf[] {
  return Array.from({ length: part.width }, (_, first) => {
    return { ...manner, part, plane: 0, index: first, first, cells: 1, columns: 1, rows: 1 };
  });
}

/** A row of units folded into a standing grid, about four times as high as wide for a hundred units, squarer for thousands. */
function unitGrid(part: FramePart, manner: Manner): Shelf {
  const cells = part.width;
  const columns = dividing(cells, Math.sqrt(cells / (cells > 400 ? 2.5 : 4)));
  const rows = Math.ceil(cells / columns);
  return { ...manner, part, plane: 0, index: 0, first: 0, cells, columns, rows };
}

/** Gives every quad its place in the texture: as many of a size to a slice as fit, so that kernels do not take a slice each. */
function packed(shelves: readonly Shelf[]): Pick<LayerPlan, 'quads' | 'texture'> {
  const width = Math.max(...shelves.map((shelf) => shelf.columns));
  const height = Math.max(...shelves.map((shelf) => shelf.rows));
  const quads: Quad[] = [];
  let slice = 0;
  let [x, y] = [0, 0];
  let before: Shelf | undefined;
  for (const shelf of shelves) {
    const sameSize = before?.columns === shelf.columns && before.rows === shelf.rows;
    if (before && sameSize && x + 2 * shelf.columns <= width) x += shelf.columns;
    else if (before && sameSize && y + 2 * shelf.rows <= height) [x, y] = [0, y + shelf.rows];
    else if (before) [x, y, slice] = [0, 0, slice + 1];
    quads.push({ ...shelf, slice, x, y });
    before = shelf;
  }
  return { quads, texture: { width, height, slices: slice + 1 } };
}
