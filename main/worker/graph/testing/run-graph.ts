import type { Shape } from '../../../../shared/tensor/shape.ts';
import { loadTensorFlow } from '../../tensorflow.ts';
import { Arithmetic } from '../arithmetic.ts';
import { float32, Graph, type Output } from '../graph.ts';
import { type Feed, NativeGraph } from '../native.ts';

export const { tf } = loadTensorFlow('cpu');

/** Makes `values` something that the graph reads. */
export type Place = (values: Float32Array, shape: Shape) => Output;

/** Writes a graph, runs it once, and gives what it computed by name. */
export function runGraph<Name extends string>(
  write: (math: Arithmetic, place: Place) => Record<Name, Output>,
): Record<Name, Float32Array> {
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const feeds: Record<string, Feed> = {};
  const inputs: Record<string, { tensor: Output; shape: Shape }> = {};
  const outputs = write(math, (values, shape) => {
    const name = `placed_${Object.keys(feeds).length}`;
    const tensor = graph.placeholder(name, float32, shape);
    inputs[name] = { tensor, shape };
    feeds[name] = { values, shape };
    return tensor;
  });
  // A session refuses to hand back what it was fed, and some layers pass on what they read as it is.
  const results = Object.entries<Output>(outputs).map(([name, tensor]) => {
    return [name, { tensor: math.unary('Identity', tensor), shape: [-1] }] as const;
  });
  graph.signature('run', inputs, Object.fromEntries(results));
  const native = NativeGraph.load(tf, graph.written());
  try {
    return native.call('run', feeds) as Record<Name, Float32Array>;
  } finally {
    native.dispose();
  }
}
