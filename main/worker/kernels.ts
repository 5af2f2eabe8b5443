import { filterWeights, setFilterWeights } from '../../shared/network/filter-weights.ts';
import type { NetworkTrace, TracedLayer } from '../../shared/network/shapes.ts';
import type { ConvSpec } from '../../shared/network/spec.ts';
import { type Shape, sizeOf } from '../../shared/tensor/shape.ts';
import type { NativeGraph } from './graph/native.ts';
import { tensorRows } from './graph/tensor-rows.ts';
import { Refusal } from './refusal.ts';

type ConvLayer = TracedLayer & { readonly spec: ConvSpec };

/** Other weights for one filter, as the command `write-kernel` has them. */
export type FilterWeights = {
  readonly layer: string;
  readonly filter: number;
  readonly channel: number | null;
  readonly weights: Float32Array;
  readonly bias?: number | undefined;
};

/** The kernels of a network's convolutions, read and written one layer at a time; no other weight is touched. */
export class Kernels {
  readonly #graph: NativeGraph;
  readonly #trace: NetworkTrace;

  constructor(graph: NativeGraph, trace: NetworkTrace) {
    this.#graph = graph;
    this.#trace = trace;
  }

  /**
   * The kernels of a layer, HWIO; the values own their buffer.
   * @throws Refusal
   */
  read(name: string): { readonly shape: Shape; readonly values: Float32Array } {
    const layer = this.#layer(name);
    const { numbers } = this.#graph.call('read_rows', {
      ...tensorRows(this.#trace, layer, 0),
      columns: 1,
      column: 0,
    });
    return { shape: shapeOf(layer), values: numbers as Float32Array };
  }

  /** @throws Refusal, before anything is written. */
  write({ layer: name, filter, channel, weights, bias }: FilterWeights): void {
    const layer = this.#layer(name);
    const { shape, values } = this.read(name);
    const connected = channelsOf(layer, filter);
    if (channel !== null) requireChannel(layer, filter, channel);
    const perFilter = shape.slice(0, -1);
    requireWeights(weights, channel === null ? perFilter : perFilter.slice(0, -1));
    if (bias !== undefined) requireBias(layer, bias);
    for (const input of channel === null ? connected : [channel]) {
      const plane = channel === null ? filterWeights(weights, [...perFilter, 1], 0, input) : weights;
      setFilterWeights(values, shape, filter, input, plane);
    }
    this.#graph.call('write_rows', { ...tensorRows(this.#trace, layer, 0), numbers: values });
    if (bias !== undefined) this.#writeBias(layer, filter, bias);
  }

  /** The one number of the filter's own; its tensor is a row a filter. */
  #writeBias(layer: ConvLayer, filter: number, bias: number): void {
    const rows = tensorRows(this.#trace, layer, 1);
    const place = rows.ends.findIndex((end) => end > 0);
    rows.begins[place]! += filter;
    rows.ends[place] = rows.begins[place]! + 1;
    this.#graph.call('write_rows', { ...rows, numbers: Float32Array.of(bias) });
  }

  #layer(name: string): ConvLayer {
    const layer = this.#trace.layers.find(({ spec }) => spec.name === name);
    if (!layer) throw new Refusal('unknown-layer', `The network has no layer ${name}`);
    if (!isConvolution(layer)) throw new Refusal('no-kernels', `${name} is no convolution: it has no kernels`);
    return layer;
  }
}

function isConvolution(layer: TracedLayer): layer is ConvLayer {
  return layer.spec.kind === 'conv';
}

function shapeOf({ weights }: ConvLayer): Shape {
  return weights[0]!.shape;
}

/** The input channels that a filter reads, in groups those of its own. */
function channelsOf(layer: ConvLayer, filter: number): readonly number[] {
  const { name, filters, connections } = layer.spec;
  if (filter >= filters) {
    throw new Refusal('no-such-filter', `${name} has no filter ${filter}: they count from 0 to ${filters - 1}`);
  }
  const inputs = shapeOf(layer)[2]!;
  return connections?.[filter] ?? Array.from({ length: inputs }, (_, input) => input);
}

function requireChannel(layer: ConvLayer, filter: number, channel: number): void {
  const { name } = layer.spec;
  const inputs = shapeOf(layer)[2]!;
  if (channel >= inputs) {
    throw new Refusal('no-such-channel', `${name} reads no channel ${channel}: they count from 0 to ${inputs - 1}`);
  }
  if (!channelsOf(layer, filter).includes(channel)) {
    throw new Refusal('not-connected', `Filter ${filter} of ${name} does not read channel ${channel}`);
  }
}

function requireBias({ spec, weights }: ConvLayer, bias: number): void {
  if (weights.length < 2) throw new Refusal('no-weights', `${spec.name} has no biases`);
  if (weights[1]!.shape.length > 1) {
    throw new Refusal('wrong-size', `${spec.name} has a bias for each unit, and none that is a filter’s`);
  }
  if (!Number.isFinite(bias)) throw new Refusal('not-finite', 'A bias is a finite number');
}

function requireWeights(weights: Float32Array, shape: Shape): void {
  const count = sizeOf(shape);
  if (weights.length !== count) {
    throw new Refusal('wrong-size', `A kernel of ${shape.join('×')} takes ${count} weights, not ${weights.length}`);
  }
  if (!weights.every(Number.isFinite)) throw new Refusal('not-finite', 'A weight is a finite number');
}
