import type { NetworkTrace, TracedLayer } from '../network/shapes.ts';
import type { LayerKind } from '../network/spec.ts';
import { sizeOf } from '../tensor/shape.ts';

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

/**
 * Where everything stands in a frame of this network: a function of the trace alone, so the worker that packs
 * and the view that draws need not send it to each other.
 *
 * Order: the input; for each layer its kernels (conv), then its maps, or its units as one row; at the end the class
 * scores after softmax, one row. Which layers have maps: see `showsMaps`.
 */
export function frameLayout(trace: NetworkTrace): FrameLayout {
  const shapes: Omit<FramePart, 'valuesOffset' | 'rangesIndex'>[] = [];
  const [height, width, channels] = trace.spec.input;
  shapes.push({ layer: 'input', part: 'input', planes: channels, height, width });
  for (const layer of trace.layers) {
    const { kind, name } = layer.spec;
    if (kind === 'conv') {
      const [kernelHeight = 0, kernelWidth = 0, inputs = 0, filters = 0] = layer.weights[0]!.shape;
      const planes = inputs * filters;
      if (planes <= mostKernelPlanes) {
        shapes.push({ layer: name, part: 'kernels', planes, height: kernelHeight, width: kernelWidth });
      }
    }
    if (!showsMaps(layer, trace)) continue;
    if (layer.output.length === 1) {
      shapes.push({ layer: name, part: 'maps', planes: 1, height: 1, width: sizeOf(layer.output) });
    } else {
      const [rows = 0, columns = 0, maps = 0] = layer.output;
      shapes.push({ layer: name, part: 'maps', planes: maps, height: rows, width: columns });
    }
  }
  const last = trace.layers[trace.layers.length - 1]!.spec.name;
  shapes.push({ layer: last, part: 'scores', planes: 1, height: 1, width: trace.classes });

  const planes = shapes.reduce((sum, part) => sum + part.planes, 0);
  const parts: FramePart[] = [];
  let valuesOffset = planes * 8;
  let rangesIndex = 0;
  for (const shape of shapes) {
    parts.push({ ...shape, valuesOffset, rangesIndex });
    valuesOffset += shape.planes * shape.height * shape.width;
    rangesIndex += shape.planes * 2;
  }
  return { parts, planes, bytes: Math.ceil(valuesOffset / 4) * 4 };
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
