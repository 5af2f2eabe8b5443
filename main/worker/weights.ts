import { mostWeightsRead } from '../../shared/contract.ts';
import type { NetworkTrace, TracedLayer } from '../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../shared/tensor/shape.ts';
import type { NativeGraph } from './graph/native.ts';
import { tensorRows } from './graph/tensor-rows.ts';
import { Refusal } from './refusal.ts';

/** Some numbers with a name; they own their buffer. */
export type NamedTensor = { readonly name: string; readonly shape: Shape; readonly values: Float32Array };

/** All that a network has learned, layer by layer: the tensors that gradients change, and the moments that batch normalisation keeps. */
export class Weights {
  readonly #graph: NativeGraph;
  readonly #trace: NetworkTrace;

  constructor(graph: NativeGraph, trace: NetworkTrace) {
    this.#graph = graph;
    this.#trace = trace;
  }

  /**
   * A layer's tensors, named within it; of one filter, unit or channel without the last axis.
   * @throws Refusal
   */
  read(name: string, unit: number | null): NamedTensor[] {
    const layer = this.#layer(name);
    const named = [...layer.weights, ...layer.state];
    if (named.length === 0) throw new Refusal('no-weights', `${name} has no weights`);
    if (unit === null) {
      const bytes = named.reduce((sum, { shape }) => sum + sizeOf(shape) * 4, 0);
      if (bytes > mostWeightsRead) {
        throw new Refusal('too-large', `${name} has ${bytes} bytes of weights: ask for those of one unit`);
      }
      return this.#read(layer, null);
    }
    const units = named[0]!.shape.at(-1)!;
    if (unit >= units) {
      throw new Refusal('no-such-unit', `${name} has no unit ${unit}: they count from 0 to ${units - 1}`);
    }
    return this.#read(layer, unit);
  }

  /** All tensors in layer order, one after another, each as `LAYER/tensor`. */
  *all(): Generator<NamedTensor> {
    for (const layer of this.#trace.layers) {
      for (const tensor of this.#read(layer, null)) yield { ...tensor, name: `${layer.spec.name}/${tensor.name}` };
    }
  }

  /**
   * What puts others in the place of all, named as `all` names them, in any order.
   * @throws Refusal where one is missing, or has another shape.
   */
  loader(tensors: readonly NamedTensor[]): () => void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const valuesOf = (layer: string, { name, shape }: { readonly name: string; readonly shape: Shape }) => {
      const found = byName.get(`${layer}/${name}`);
      if (found?.shape.join() === shape.join() && found.values.length === sizeOf(shape)) return found.values;
      throw new Refusal(
        'wrong-size',
        `${layer}/${name} is to be ${shape.join('×')}${found ? `, not ${found.shape.join('×')}` : '; it is missing'}`,
      );
    };
    const { layers } = this.#trace;
    const weights = layers.map(({ spec, weights: own }) => own.map((tensor) => valuesOf(spec.name, tensor)));
    const state = layers.flatMap(({ spec, state: own }) => own.map((tensor) => valuesOf(spec.name, tensor)));
    return () => {
      for (const [index, own] of weights.entries()) {
        for (const [place, numbers] of own.entries()) {
          this.#graph.call('write_rows', { ...tensorRows(this.#trace, layers[index]!, place), numbers });
        }
      }
      if (state.length > 0) this.#graph.call('assign_state', { state: joined(state) });
    };
  }

  #read(layer: TracedLayer, unit: number | null): NamedTensor[] {
    const weights = layer.weights.map(({ name, shape }, place) => {
      const columns = unit === null ? { columns: 1, column: 0 } : { columns: shape.at(-1)!, column: unit };
      const { numbers } = this.#graph.call('read_rows', { ...tensorRows(this.#trace, layer, place), ...columns });
      return { name, shape: unit === null ? shape : shape.slice(0, -1), values: numbers as Float32Array };
    });
    if (layer.state.length === 0) return weights;
    const all = this.#graph.call('state', {})['state'] as Float32Array;
    let begin = 0;
    for (const { state } of this.#trace.layers.slice(0, layer.index)) {
      for (const { shape } of state) begin += sizeOf(shape);
    }
    const state = layer.state.map(({ name, shape }) => {
      const values = all.slice(begin, (begin += sizeOf(shape)));
      return unit === null ? { name, shape, values } : { name, shape: [], values: values.slice(unit, unit + 1) };
    });
    return [...weights, ...state];
  }

  #layer(name: string): TracedLayer {
    const layer = this.#trace.layers.find(({ spec }) => spec.name === name);
    if (!layer) throw new Refusal('unknown-layer', `The network has no layer ${name}`);
    return layer;
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
