import { type FramePart, frameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { Activation, LayerKind, LayerSpec } from '../../shared/network/spec.ts';
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
  /** The layer whose maps or units these are: a convolution that shows none of its own has its kernels with the layer that follows. */
  readonly layer: string;
  /** `conv` wherever there are kernels. */
  readonly kind: LayerKind | 'input';
  readonly quads: readonly Quad[];
  /** Filters and how many input channels each of them reads, where there are kernels; else 0. */
  readonly filters: number;
  readonly kernelInputs: number;
  /** Size of a texture slice, in texels, and how many there are. */
  readonly texture: { readonly width: number; readonly height: number; readonly slices: number };
};

/** With more classes than this, bars with a name each have no room: the scores become a grid. */
export const mostBars = 20;

/**
 * What the scene shows of a network, layer by layer: the input, then every layer whose maps or units stand in a frame.
 * The class scores stand with the last layer.
 */
export function planNetwork(trace: NetworkTrace): LayerPlan[] {
  const [image, ...parts] = frameLayout(trace).parts;
  const last = trace.layers[trace.layers.length - 1]!.spec.name;
  const plans = [planLayer('input', [image!], { signed: false, asBars: false })];
  /** For each layer, whether its outputs lie on both sides of zero. */
  const signs: boolean[] = [];
  let kernels: readonly FramePart[] = [];
  for (const { spec, inputs } of trace.layers) {
    const signed = givesBothSigns(spec) ?? inputs.some((input) => signs[input]);
    signs.push(signed);
    const ofLayer = [...kernels, ...parts.filter((part) => part.layer === spec.name)];
    if (!ofLayer.some((part) => part.part === 'maps')) {
      kernels = ofLayer.slice(-1);
      continue;
    }
    const asBars = spec.name === last && trace.classes <= mostBars;
    const hasKernels = ofLayer.some((part) => part.part === 'kernels');
    plans.push(planLayer(hasKernels ? 'conv' : spec.kind, ofLayer, { signed, asBars }));
    kernels = [];
  }
  return plans;
}

/** Whether a layer's outputs lie on both sides of zero; undefined where that depends on what it reads. */
function givesBothSigns(spec: LayerSpec): boolean | undefined {
  switch (spec.kind) {
    case 'conv':
    case 'dense':
    case 'subsample':
    case 'batch-norm':
      return signsOf(spec.activation) ?? true;
    case 'pool':
    case 'add':
      return signsOf(spec.activation ?? 'none');
    case 'lrn':
    case 'dropout':
    case 'flatten':
    case 'shortcut':
    case 'global-average':
      return undefined;
    case 'rbf':
      return true;
    default:
      return spec satisfies never;
  }
}

/** Whether an activation gives both signs; undefined for none, which gives what it gets. */
function signsOf(activation: Activation): boolean | undefined {
  switch (activation) {
    case 'none':
      return undefined;
    case 'tanh':
    case 'scaled-tanh':
      return true;
    case 'logistic':
    case 'relu':
      return false;
    default:
      return activation satisfies never;
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
        kernelInputs = part.planes / filters;
        shelves.push(...wholePlanes(part, part.planes, { section: 'kernels', look: 'kernel', signed: true }));
        break;
      case 'maps':
        if (asBars) shelves.push(...singleCells(part, { section: 'logits', look: 'map', signed }));
        else if (part.planes === 1 && part.height === 1)
          shelves.push(unitGrid(part, { section: 'units', look: 'units', signed }));
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
  return { layer: (maps ?? parts[0]!).layer, kind, filters, kernelInputs, ...packed(shelves) };
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
