import { type FramePart, frameLayout } from '../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import type { Activation, LayerKind, LayerSpec, PixelScale } from '../../shared/network/spec.ts';
import { dividing } from './dividing.ts';

/**
 * How a quad is drawn. `units`: cells with gaps between; `bar`: one cell, shown as a length; `rule`: a plain line, no cells; `colour`: three planes as
 * red, green and blue; `matrix`: many kernels side by side with gaps between.
 */
export const looks = ['image', 'map', 'kernel', 'units', 'bar', 'rule', 'colour', 'matrix'] as const;
export type Look = (typeof looks)[number];

/** Where in a layer's block a quad belongs: the placement arranges each section on its own. */
export type Section = 'maps' | 'kernels' | 'units' | 'logits' | 'scores';

/**
 * One rectangle on the screen: `cells` numbers of one plane of the frame, from cell `first` on, drawn row by row in
 * `columns × rows`. `packingOf` says where in the layer's texture they lie.
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
  /** `colour` only, else 0: green is this many planes behind red, and blue behind green. */
  readonly colourStep: number;
};

/**
 * All that one layer shows: one texture array and one draw call.
 *
 * Offsets within `part` are those of a frame of the whole network: `FrameSource` finds the same part in others.
 */
export type LayerPlan = {
  /** The layer whose maps or units these are: a convolution that shows none of its own has its kernels with the layer that follows. */
  readonly layer: string;
  /** `conv` wherever there are kernels. */
  readonly kind: LayerKind | 'input';
  readonly quads: readonly Quad[];
  /** Filters and how many kernels each of them has on the screen, where there are kernels; else 0. */
  readonly filters: number;
  readonly kernelInputs: number;
  /** The convolution whose kernels belong here, also where they are too many to be among the quads; null for none. */
  readonly kernelLayer: string | null;
  /** What the network makes of its pixels: the input alone has it. */
  readonly pixels?: PixelScale | undefined;
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
  const inColourAtAll = trace.spec.input[2] === 3;
  const ofImage = { signed: false, asBars: false, inColour: inColourAtAll, kernelLayer: null };
  const plans: LayerPlan[] = [{ ...planLayer('input', [image!], ofImage), pixels: trace.spec.pixels }];
  /** For each layer, whether its outputs lie on both sides of zero. */
  const signs: boolean[] = [];
  let kernels: readonly FramePart[] = [];
  let kernelLayer: string | null = null;
  let inColour = false;
  for (const { spec, inputs } of trace.layers) {
    if (spec.kind === 'conv') {
      kernelLayer = spec.name;
      inColour = inColourAtAll && inputs[0] === -1 && (spec.groups ?? 1) === 1;
    }
    const signed = givesBothSigns(spec) ?? inputs.some((input) => signs[input]);
    signs.push(signed);
    const ofLayer = [...kernels, ...parts.filter((part) => part.layer === spec.name)];
    if (!ofLayer.some((part) => part.part === 'maps')) {
      kernels = ofLayer.slice(-1);
      continue;
    }
    const asBars = spec.name === last && trace.classes <= mostBars;
    const hasKernels = ofLayer.some((part) => part.part === 'kernels');
    plans.push(planLayer(hasKernels ? 'conv' : spec.kind, ofLayer, { signed, asBars, inColour, kernelLayer }));
    kernels = [];
    kernelLayer = null;
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

type Circumstances = {
  readonly signed: boolean;
  readonly asBars: boolean;
  /** The image is in colour, or its kernels read the colours. */
  readonly inColour: boolean;
  readonly kernelLayer: string | null;
};

function planLayer(
  kind: LayerPlan['kind'],
  parts: readonly FramePart[],
  { signed, asBars, inColour, kernelLayer }: Circumstances,
): LayerPlan {
  const quads: Quad[] = [];
  let filters = 0;
  let kernelInputs = 0;
  const maps = parts.find((part) => part.part === 'maps');
  for (const part of parts) {
    switch (part.part) {
      case 'input':
        if (inColour) quads.push(...wholePlanes(part, 1, { section: 'maps', look: 'colour', signed: false }, 1));
        else quads.push(...wholePlanes(part, part.planes, { section: 'maps', look: 'image', signed: false }));
        break;
      case 'kernels':
        filters = maps?.planes ?? part.planes;
        kernelInputs = part.planes / filters;
        if (inColour) {
          quads.push(...wholePlanes(part, filters, { section: 'kernels', look: 'colour', signed: true }, filters));
          kernelInputs = 1;
        } else quads.push(...wholePlanes(part, part.planes, { section: 'kernels', look: 'kernel', signed: true }));
        break;
      case 'maps':
        if (asBars) quads.push(...singleCells(part, { section: 'logits', look: 'map', signed }));
        else if (part.planes === 1 && part.height === 1)
          quads.push(unitGrid(part, { section: 'units', look: 'units', signed }));
        else quads.push(...wholePlanes(part, part.planes, { section: 'maps', look: 'map', signed }));
        break;
      case 'scores':
        if (asBars) quads.push(...singleCells(part, { section: 'scores', look: 'bar', signed: false }));
        else quads.push(unitGrid(part, { section: 'scores', look: 'units', signed: false }));
        break;
      default:
        return part.part satisfies never;
    }
  }
  return { layer: (maps ?? parts[0]!).layer, kind, filters, kernelInputs, kernelLayer, quads };
}

/**
 * All kernels of a convolution as one matrix, a column a filter and a row an input channel: for those that are too many to stand in
 * the whole network. They stand with layer `panel`.
 */
export function planKernels(trace: NetworkTrace, layer: string, panel: string): LayerPlan | null {
  const part = frameLayout(trace, { layers: [layer] }).parts.find(
    (candidate) => candidate.part === 'kernels' && candidate.layer === layer,
  );
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  if (!part || traced?.spec.kind !== 'conv') return null;
  const { filters } = traced.spec;
  const [columns, rows] = [filters * part.width, (part.planes / filters) * part.height];
  const quad: Quad = {
    ...{ part, plane: 0, section: 'kernels', index: 0, look: 'matrix', signed: true },
    ...{ first: 0, cells: columns * rows, columns, rows, colourStep: 0 },
  };
  const kernelInputs = part.planes / filters;
  return { layer: panel, kind: 'conv', quads: [quad], filters, kernelInputs, kernelLayer: layer };
}

type Manner = Pick<Quad, 'section' | 'look' | 'signed'>;

function wholePlanes(part: FramePart, planes: number, manner: Manner, colourStep = 0): Quad[] {
  const { height: rows, width: columns } = part;
  return Array.from({ length: planes }, (_, plane) => {
    return { ...manner, part, plane, index: plane, first: 0, cells: rows * columns, columns, rows, colourStep };
  });
}

function singleCells(part: FramePart, manner: Manner): Quad[] {
  return Array.from({ length: part.width }, (_, first) => {
    return { ...manner, part, plane: 0, index: first, first, cells: 1, columns: 1, rows: 1, colourStep: 0 };
  });
}

/** A row of units folded into a standing grid, about four times as high as wide for a hundred units, squarer for thousands. */
function unitGrid(part: FramePart, manner: Manner): Quad {
  const cells = part.width;
  const columns = dividing(cells, Math.sqrt(cells / (cells > 400 ? 2.5 : 4)));
  const rows = Math.ceil(cells / columns);
  return { ...manner, part, plane: 0, index: 0, first: 0, cells, columns, rows, colourStep: 0 };
}
