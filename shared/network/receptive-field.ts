import type { NetworkTrace, TracedLayer } from './shapes.ts';
import type { Padding } from './spec.ts';
import { extentOf, paddingAlong } from './windows.ts';

/** A rectangle of input pixels; (0, 0) is the image's top left one. */
export type PixelRect = {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
};

/** What one unit sees of the image. */
export type ReceptiveField = {
  /** As far as its windows reach, padding included: it may begin above 0 and end beyond the image. */
  readonly unclipped: PixelRect;
  /** The pixels that can change what the unit says: the smallest rectangle around them. Without height or width where only padding is read. */
  readonly clipped: PixelRect;
};

/** Cells from `first` to `last` along one axis, both counted; none if `last` is below `first`. */
type Span = { readonly first: number; readonly last: number };

const nothing: Span = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };

/**
 * The pixels that the unit at `row` and `column` of a layer's maps sees, through all windows, strides and paddings before it. Units of
 * a layer without maps (dense, say) see the whole image. `layer`: by name, `input` being the image itself.
 *
 * @throws RangeError if the network has no such layer or the layer no such unit.
 */
export function receptiveFieldOf(trace: NetworkTrace, layer: string, row: number, column: number): ReceptiveField {
  const [height, width] = trace.spec.input;
  const index = layer === 'input' ? -1 : trace.layers.findIndex(({ spec }) => spec.name === layer);
  if (index < 0 && layer !== 'input') throw new RangeError(`The network has no layer ${layer}`);
  const [rows = 1, columns = 1, maps] = index < 0 ? trace.spec.input : trace.layers[index]!.output;
  const image = { top: 0, left: 0, height, width };
  if (maps === undefined) return { unclipped: image, clipped: image };
  if (row < 0 || row >= rows || column < 0 || column >= columns) {
    throw new RangeError(`${layer} has ${rows} rows and ${columns} columns of units: none is at (${row}, ${column})`);
  }
  const field = (isClipped: boolean) => {
    const down = spanSeen(trace, index, 0, { first: row, last: row }, isClipped);
    const across = spanSeen(trace, index, 1, { first: column, last: column }, isClipped);
    return rectOf(down, across);
  };
  return { unclipped: field(false), clipped: field(true) };
}

function rectOf(down: Span, across: Span): PixelRect {
  const isNothing = down.last < down.first || across.last < across.first;
  if (isNothing) return { top: 0, left: 0, height: 0, width: 0 };
  return {
    top: down.first,
    left: across.first,
    height: down.last - down.first + 1,
    width: across.last - across.first + 1,
  };
}

/**
 * Walks from some cells of layer `index` back to the image along one axis. `isClipped`: cells in the padding of a layer on the way are
 * not followed, since they say the same whatever the image is.
 */
function spanSeen(trace: NetworkTrace, index: number, axis: 0 | 1, cells: Span, isClipped: boolean): Span {
  const length = index < 0 ? trace.spec.input[axis] : trace.layers[index]!.output[axis]!;
  const span = isClipped ? { first: Math.max(0, cells.first), last: Math.min(length - 1, cells.last) } : cells;
  if (span.last < span.first) return nothing;
  if (index < 0) return span;
  const layer = trace.layers[index]!;
  return layer.inputs
    .map((input) => spanSeen(trace, input, axis, readBy(layer, axis, span), isClipped))
    .reduce((all, seen) => ({ first: Math.min(all.first, seen.first), last: Math.max(all.last, seen.last) }), nothing);
}

/** The cells of its input that some cells of a layer read. */
function readBy({ spec, input }: TracedLayer, axis: 0 | 1, { first, last }: Span): Span {
  const windows = (size: number, stride: number, padding: Padding, dilation = 1): Span => {
    const [before] = paddingAlong({ cells: input[axis]!, size, stride, padding, dilation });
    return { first: first * stride - before, last: last * stride - before + extentOf(size, dilation) - 1 };
  };
  switch (spec.kind) {
    case 'conv':
      return windows(spec.size, spec.stride, spec.padding, spec.dilation);
    case 'pool':
      return windows(spec.size, spec.stride, spec.padding ?? 'valid');
    case 'subsample':
      return windows(spec.size, spec.stride, 'valid');
    case 'shortcut':
      return windows(1, spec.stride, 'valid');
    case 'lrn':
    case 'batch-norm':
    case 'dropout':
    case 'add':
      return { first, last };
    case 'flatten':
    case 'dense':
    case 'rbf':
    case 'global-average':
      throw new RangeError(`${spec.name} gives no maps`);
    default:
      return spec satisfies never;
  }
}
