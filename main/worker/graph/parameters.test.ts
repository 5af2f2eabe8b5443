import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../shared/network/spec.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { type Optimiser, optimisers } from '../../../shared/training/optimiser.ts';
import { loadTensorFlow } from '../tensorflow.ts';
import { Arithmetic } from './arithmetic.ts';
import { float32, Graph, int32 } from './graph.ts';
import { NativeGraph } from './native.ts';
import { Parameters } from './parameters.ts';

const { tf } = loadTensorFlow('cpu');

/** A dense layer small enough to share a variable, and one large enough for its own. */
const network = trace({
  id: 'two-dense',
  title: 'Two dense layers',
  year: 2026,
  source: 'A test',
  departures: [],
  input: [1, 1, 3],
  layers: [
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'small', units: 2048, activation: 'none' },
    { kind: 'dense', name: 'large', units: 128, activation: 'none' },
  ],
} satisfies NetworkSpec);

type Hyper = { readonly learningRate: number; readonly momentum: number; readonly weightDecay: number };

/** Weights after each of `steps` steps, in each of which the gradient of every weight w is w itself plus its tensor's number. */
function weightsAfter(optimiser: Optimiser, start: Float32Array, hyper: Hyper, steps: number) {
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const parameters = new Parameters(math, network, optimiser);
  const scalar = (name: string, type = float32) => ({ tensor: graph.placeholder(name, type, []), shape: [] });
  const rates = {
    learningRate: scalar('learningRate'),
    momentum: scalar('momentum'),
    weightDecay: scalar('weightDecay'),
    step: scalar('step', int32),
  };
  const weights = { tensor: graph.placeholder('weights', float32, [parameters.count]), shape: [parameters.count] };
  graph.signature('assign', { weights }, { done: graph.done(parameters.assignFlat(weights.tensor)) });
  let number = 0;
  const half = graph.number(0.5);
  const gradients = parameters
    .read()
    .map((layer) => layer.map((tensor) => math.multiply(math.add(tensor, graph.number(number++)), half)));
  const tower = { gradients, readers: gradients.map(() => []) };
  const { learningRate, momentum, weightDecay, step } = rates;
  const updated = parameters.update(
    [tower, tower],
    [],
    {
      learningRate: learningRate.tensor,
      momentum: momentum.tensor,
      weightDecay: weightDecay.tensor,
      step: step.tensor,
    },
    parameters.held(graph.constant(int32, [parameters.tensors], Array<number>(parameters.tensors).fill(0))),
    [],
  );
  graph.signature('update', rates, { done: graph.done(updated) });
  graph.signature('weights', {}, { weights: { tensor: parameters.readFlat(), shape: [parameters.count] } });
  const native = NativeGraph.load(tf, graph.written());
  native.call('assign', { weights: start });
  for (let taken = 0; taken < steps; taken += 1) native.call('update', { ...hyper, step: taken });
  const result = native.call('weights', {}).weights as Float32Array;
  native.dispose();
  return result;
}

/** One weight by the rules as published, in float64. `tensor`: its tensor's number, `isKernel`: whether it decays. */
function weightAfter(
  optimiser: Optimiser,
  start: number,
  tensor: number,
  isKernel: boolean,
  hyper: Hyper,
  steps: number,
) {
  const { learningRate: rate, momentum } = hyper;
  const decay = isKernel ? hyper.weightDecay : 0;
  let [w, first, second] = [start, 0, 0];
  for (let step = 1; step <= steps; step += 1) {
    const penalty = optimiser === 'adam' ? 0 : decay * w;
    const g = w + tensor + penalty;
    switch (optimiser) {
      case 'sgd':
        w -= rate * g;
        break;
      case 'momentum':
        first = momentum * first + g;
        w -= rate * first;
        break;
      case 'nesterov':
        first = momentum * first + g;
        w -= rate * (g + momentum * first);
        break;
      case 'rmsprop':
        first = 0.9 * first + 0.1 * g * g;
        second = momentum * second + (rate * g) / Math.sqrt(first + 1e-8);
        w -= second;
        break;
      case 'adam': {
        first = momentum * first + (1 - momentum) * g;
        second = 0.999 * second + 0.001 * g * g;
        const [mean, square] = [first / (1 - momentum ** step), second / (1 - 0.999 ** step)];
        w = w - rate * decay * w - (rate * mean) / (Math.sqrt(square) + 1e-8);
        break;
      }
    }
  }
  return w;
}

describe('an update', () => {
  const { storedWeights } = network;
  const start = Float32Array.from({ length: storedWeights }, (_, index) => Math.sin(index));
  // In layer order: the small layer's kernel and bias, the large layer's kernel and bias.
  const ends = network.layers.flatMap(({ weights }) =>
    weights.map(({ shape }) => shape.reduce((product, side) => product * side, 1)),
  );
  const tensorOf = (index: number): number => {
    let end = 0;
    return ends.findIndex((size) => index < (end += size));
  };

  it.each(optimisers.flatMap((optimiser) => [0, 0.01].map((weightDecay) => [optimiser, weightDecay] as const)))(
    'by %s with weight decay %s follows the published rule, for small tensors and large ones',
    (optimiser, weightDecay) => {
      const hyper = { learningRate: 0.01, momentum: optimiser === 'sgd' ? 0 : 0.9, weightDecay };
      const weights = weightsAfter(optimiser, start, hyper, 3);
      expect(weights).toHaveLength(storedWeights);
      for (let index = 0; index < storedWeights; index += 977) {
        const tensor = tensorOf(index);
        const expected = weightAfter(optimiser, start[index]!, tensor, tensor % 2 === 0, hyper, 3);
        // TensorFlow's RMSProp starts its mean square at the slot's zero, as here.
        expect(Math.abs(weights[index]! - expected), `weight ${index}`).toBeLessThan(
          1e-4 * Math.max(1, Math.abs(expected)),
        );
      }
    },
  );
});
