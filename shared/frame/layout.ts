import type { NetworkTrace, TracedLayer } from '../network/shapes.ts';
import type { LayerKind } from '../network/spec.ts';
import { sizeOf } from '../tensor/shape.ts';
import { type FrameView, wholeView } from './view.ts';

/**
 * One rectangle of planes within a frame: a layer's maps, its kernels, or the input.
 *
 * Plane `p` holds `height × width` bytes, row by row, from `valuesOffset + p · height · width`;
 * its range (the numbers that 0 and 255 stand for) is two float32 at index `rangesIndex + 2p` of the frame's ranges.
 */
export type FramePart = {
  readonly layer: string;
  /**
   * `kernels`: plane `i · filters + f` is what filter `f` reads of input channel `i` (conv layers only); in groups, of the
   * i-th channel of its own group. Where a connection table leaves a channel out, the plane is there and not used.
   */
  readonly part: 'input' | 'maps' | 'kernels' | 'scores';
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly valuesOffset: number;
  readonly rangesIndex: number;
};

export type FrameLayout = {
  readonly parts: readonly FramePart[];
  /** Total planes of all parts. */
  readonly planes: number;
  /** Bytes of the whole frame: ranges (8 a plane), then values, padded to four. */
  readonly bytes: number;
};

/** With more kernels than this (all filters, all they read), a layer's are left out: thousands would be specks. */
const mostKernelPlanes = 1024;
/** And of a layer that is asked for by name: AlexNet's conv3 has 98,304. */
const mostNamedKernelPlanes = 2 ** 17;

/** A part before it has its place. */
export type FrameShape = Omit<FramePart, 'valuesOffset' | 'rangesIndex'>;

/**
 * All that could be shown of a network: the input; for each layer its kernels (conv), then its maps, or its units as one row; at the end the
 * class scores after softmax, one row.
 */
export function allParts(trace: NetworkTrace): readonly FrameShape[] {
  const shapes: FrameShape[] = [];
  const [height, width, channels] = trace.spec.input;
  shapes.push({ layer: 'input', part: 'input', planes: channels, height, width });
  for (const layer of trace.layers) {
    const { kind, name } = layer.spec;
    if (kind === 'conv') {
      const [kernelHeight = 0, kernelWidth = 0, inputs = 0, filters = 0] = layer.weights[0]!.shape;
      shapes.push({ layer: name, part: 'kernels', planes: inputs * filters, height: kernelHeight, width: kernelWidth });
    }
    if (layer.output.length === 1) {
      shapes.push({ layer: name, part: 'maps', planes: 1, height: 1, width: sizeOf(layer.output) });
    } else {
      const [rows = 0, columns = 0, maps = 0] = layer.output;
      shapes.push({ layer: name, part: 'maps', planes: maps, height: rows, width: columns });
    }
  }
  const last = trace.layers[trace.layers.length - 1]!.spec.name;
  shapes.push({ layer: last, part: 'scores', planes: 1, height: 1, width: trace.classes });
  return shapes;
}

/** Those of `allParts` that a frame may hold, some of them only where their layer is named. */
export function frameParts(trace: NetworkTrace): readonly FrameShape[] {
  const maps = new Set(trace.layers.filter((layer) => showsMaps(layer, trace)).map(({ spec }) => spec.name));
  return allParts(trace).filter(({ part, planes, layer }) => {
    if (part === 'kernels') return planes <= mostNamedKernelPlanes;
    return part !== 'maps' || maps.has(layer);
  });
}

/**
 * Where everything stands in a frame of this network: a function of the trace and of what is looked at, so the worker that
 * packs and the window that draws need not send it to each other.
 *
 * The parts come in the order of `allParts`. In the buffer those whose planes have the same number of cells stand together, the smallest
 * first: the worker makes their bytes in one go. Which layers have maps: see `showsMaps`.
 */
export function frameLayout(trace: NetworkTrace, { layers }: Pick<FrameView, 'layers'> = wholeView): FrameLayout {
  const named = layers && new Set(layers);
  const shapes = frameParts(trace).filter(({ layer, part, planes }) => {
    if (part === 'input' || part === 'scores') return true;
    return named ? named.has(layer) : part === 'maps' || planes <= mostKernelPlanes;
  });
  const planes = shapes.reduce((sum, part) => sum + part.planes, 0);
  const parts: FramePart[] = [];
  let valuesOffset = planes * 8;
  let rangesIndex = 0;
  for (const shape of bySize(shapes)) {
    parts[shapes.indexOf(shape)] = { ...shape, valuesOffset, rangesIndex };
    valuesOffset += shape.planes * areaOf(shape);
    rangesIndex += shape.planes * 2;
  }
  return { parts, planes, bytes: Math.ceil(valuesOffset / 4) * 4 };
}

/** Cells of one plane. */
export function areaOf({ height, width }: Pick<FrameShape, 'height' | 'width'>): number {
  return height * width;
}

/** In the order in which they stand in a buffer. */
export function bySize(parts: readonly FrameShape[]): readonly FrameShape[] {
  return parts.toSorted((a, b) => areaOf(a) - areaOf(b));
}

/**
 * Whether a frame holds what this layer gave.
 *
 * The last layer's always. Not for layers that only reorder or thin out (flatten, shortcut, dropout). Of a convolution, its normalisation and the sum that
 * follows, only the last: the maps before it are the same pictures, unfinished, and a net of 110 layers has hundreds of them.
 */
function showsMaps({ spec, readers }: TracedLayer, { layers }: NetworkTrace): boolean {
  if (readers.length === 0) return true;
  const onlyFeeds = (kind: LayerKind) => readers.every((reader) => layers[reader]!.spec.kind === kind);
  switch (spec.kind) {
    case 'conv':
      return !onlyFeeds('batch-norm');
    case 'batch-norm':
      return !onlyFeeds('add');
    case 'pool':
    case 'subsample':
    case 'lrn':
    case 'add':
    case 'global-average':
    case 'dense':
    case 'rbf':
      return true;
    case 'dropout':
    case 'flatten':
    case 'shortcut':
      return false;
    default:
      return spec satisfies never;
  }
}

/** The smallest and largest number of plane `plane` of `part`, in the network's own units. */
export function rangeOf(frame: Uint8Array, part: FramePart, plane: number): { min: number; max: number } {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const at = (part.rangesIndex + 2 * plane) * 4;
  return { min: view.getFloat32(at, true), max: view.getFloat32(at + 4, true) };
}

/** The bytes of plane `plane` of `part`: a view into the frame, row by row. */
export function planeOf(frame: Uint8Array, part: FramePart, plane: number): Uint8Array {
  const size = part.height * part.width;
  const start = part.valuesOffset + plane * size;
  return frame.subarray(start, start + size);
}

/** The number that byte `value` of a plane with this range stands for. */
export function valueFromByte(value: number, range: { min: number; max: number }): number {
  return range.min + (value / 255) * (range.max - range.min);
}
