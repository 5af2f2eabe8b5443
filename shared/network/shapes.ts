import { type Shape, sizeOf } from '../tensor/shape.ts';
import type { LayerSpec, NetworkSpec, Padding } from './spec.ts';

/** A layer with all that its spec implies. */
export type TracedLayer = {
  readonly spec: LayerSpec;
  readonly input: Shape;
  readonly output: Shape;
  /** Trainable tensors in order: HWIO (conv) or [in, out] (dense) weights, then one bias an output channel. */
  readonly weights: readonly { readonly name: string; readonly shape: Shape }[];
  readonly parameters: number;
  /** Links from an input cell (or a bias) to an output cell, as LeCun et al. (1998) count them; zero padding counts. */
  readonly connections: number;
  /** Multiplications and additions for one image. */
  readonly flops: number;
  /** Side, in input pixels, of the square that one output cell sees. */
  readonly receptiveField: number;
};

/** A spec with its shapes. */
export type NetworkTrace = {
  readonly spec: NetworkSpec;
  readonly layers: readonly TracedLayer[];
  readonly classes: number;
  readonly parameters: number;
  readonly connections: number;
  readonly flops: number;
};

/** A network that cannot be built. `layer` names the one at fault. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly layer: string;
  constructor(layer: string, reason: string) {
    super(`${layer}: ${reason}`);
    this.layer = layer;
  }
}

/**
 * How many windows fit along an axis of `cells`.
 *
 * `valid`: ⌊(cells − size) / stride⌋ + 1. `same`: ⌈cells / stride⌉ (TensorFlow's rule).
 * @throws RangeError if a valid window is larger than the axis.
 */
export function windowsAlong(cells: number, size: number, stride: number, padding: Padding): number {
  if (padding === 'same') return Math.ceil(cells / stride);
  if (size > cells) {
    throw new RangeError(`A window of ${size} does not fit in ${cells} cells: use a smaller window or padding "same"`);
  }
  return Math.floor((cells - size) / stride) + 1;
}

/**
 * Derives every shape and count of a network.
 * @throws NetworkError naming the first layer that cannot work, and why.
 */
export function trace(spec: NetworkSpec): NetworkTrace {
  if (spec.layers.length === 0) throw new NetworkError(spec.title, 'A network needs at least one layer');
  const names = new Set<string>();
  const layers: TracedLayer[] = [];
  let input: Shape = spec.input;
  let field = { side: 1, jump: 1 };
  for (const layer of spec.layers) {
    if (!/^[A-Za-z][\w-]*$/.test(layer.name)) {
      throw new NetworkError(layer.name, 'A layer’s name starts with a letter and holds letters, digits, - and _');
    }
    if (names.has(layer.name)) throw new NetworkError(layer.name, 'Two layers have this name');
    names.add(layer.name);
    field = seen(layer, field);
    const traced = traceLayer(layer, input, Math.min(field.side, Math.max(spec.input[0], spec.input[1])));
    layers.push(traced);
    input = traced.output;
  }
  const last = layers[layers.length - 1]!;
  if (last.output.length !== 1) {
    throw new NetworkError(last.spec.name, 'The last layer must give one number a class: add flatten and dense');
  }
  return {
    spec,
    layers,
    classes: last.output[0]!,
    parameters: total(layers, (layer) => layer.parameters),
    connections: total(layers, (layer) => layer.connections),
    flops: total(layers, (layer) => layer.flops),
  };
}

function total(layers: readonly TracedLayer[], count: (layer: TracedLayer) => number): number {
  return layers.reduce((sum, layer) => sum + count(layer), 0);
}

/** The receptive field's side and the distance between neighbouring cells' fields, both in input pixels. */
function seen(layer: LayerSpec, { side, jump }: { side: number; jump: number }): { side: number; jump: number } {
  switch (layer.kind) {
    case 'conv':
    case 'pool':
      return { side: side + (layer.size - 1) * jump, jump: jump * layer.stride };
    case 'flatten':
      return { side, jump };
    case 'dense':
      return { side: Number.POSITIVE_INFINITY, jump };
    default:
      return layer satisfies never;
  }
}

function traceLayer(spec: LayerSpec, input: Shape, receptiveField: number): TracedLayer {
  switch (spec.kind) {
    case 'conv': {
      requirePositive(spec.name, { filters: spec.filters, size: spec.size, stride: spec.stride });
      const [height, width, channels] = imageShape(spec, input);
      const rows = windows(spec.name, height, spec.size, spec.stride, spec.padding);
      const columns = windows(spec.name, width, spec.size, spec.stride, spec.padding);
      const fanIn = spec.size * spec.size * channels;
      const cells = rows * columns * spec.filters;
      return {
        spec,
        input,
        output: [rows, columns, spec.filters],
        weights: [
          { name: 'kernel', shape: [spec.size, spec.size, channels, spec.filters] },
          { name: 'bias', shape: [spec.filters] },
        ],
        parameters: (fanIn + 1) * spec.filters,
        connections: cells * (fanIn + 1),
        flops: 2 * cells * fanIn,
        receptiveField,
      };
    }
    case 'pool': {
      requirePositive(spec.name, { size: spec.size, stride: spec.stride });
      const [height, width, channels] = imageShape(spec, input);
      const rows = windows(spec.name, height, spec.size, spec.stride, 'valid');
      const columns = windows(spec.name, width, spec.size, spec.stride, 'valid');
      const links = rows * columns * channels * spec.size * spec.size;
      return {
        spec,
        input,
        output: [rows, columns, channels],
        weights: [],
        parameters: 0,
        connections: links,
        flops: links,
        receptiveField,
      };
    }
    case 'flatten':
      return {
        spec,
        input,
        output: [sizeOf(input)],
        weights: [],
        parameters: 0,
        connections: 0,
        flops: 0,
        receptiveField,
      };
    case 'dense': {
      requirePositive(spec.name, { units: spec.units });
      if (input.length !== 1) throw new NetworkError(spec.name, 'A dense layer reads a vector: put flatten before it');
      const fanIn = input[0]!;
      return {
        spec,
        input,
        output: [spec.units],
        weights: [
          { name: 'kernel', shape: [fanIn, spec.units] },
          { name: 'bias', shape: [spec.units] },
        ],
        parameters: (fanIn + 1) * spec.units,
        connections: (fanIn + 1) * spec.units,
        flops: 2 * fanIn * spec.units,
        receptiveField,
      };
    }
    default:
      return spec satisfies never;
  }
}

function imageShape(spec: LayerSpec, input: Shape): readonly [number, number, number] {
  const [height, width, channels] = input;
  if (input.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new NetworkError(spec.name, 'This layer reads an image (height, width, channels), not a vector');
  }
  return [height, width, channels];
}

function windows(layer: string, cells: number, size: number, stride: number, padding: Padding): number {
  try {
    return windowsAlong(cells, size, stride, padding);
  } catch (error) {
    throw new NetworkError(layer, (error as RangeError).message);
  }
}

function requirePositive(layer: string, numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new NetworkError(layer, `${name} must be a whole number above zero, not ${value}`);
    }
  }
}
