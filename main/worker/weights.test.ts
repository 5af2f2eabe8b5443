import { afterAll, describe, expect, it } from 'vitest';
import type { LayerSpec } from '../../shared/network/spec.ts';
import { compiled } from './graph/testing/compiled.ts';
import { Dice } from './graph/testing/dice.ts';
import { type NamedTensor, Weights } from './weights.ts';

const dice = new Dice();
const layers: readonly LayerSpec[] = [
  { kind: 'conv', name: 'A', filters: 4, size: 3, stride: 1, padding: 'same', bias: 'none', activation: 'none' },
  { kind: 'batch-norm', name: 'N', momentum: 0.9, epsilon: 1e-3, activation: 'relu' },
  { kind: 'flatten', name: 'flat' },
  // A variable of its own, of more bytes than are read at once.
  { kind: 'dense', name: 'wide', units: 120_000, activation: 'relu' },
  { kind: 'dense', name: 'last', units: 3, activation: 'none' },
];
const { graph, trace } = compiled({ layers, input: [6, 6, 4] }, dice);
const weights = new Weights(graph, trace);
afterAll(() => graph.dispose());

const small = (tensors: Iterable<NamedTensor>) => [...tensors].filter(({ values }) => values.length < 1e6);
const train = (step: number): void => {
  const frozen = new Int32Array(trace.layers.flatMap((layer) => layer.weights).length);
  const learningRates = Float32Array.of(0.01);
  graph.call('train', { position: 0, step, seed: 1, learningRates, momentum: 0, weightDecay: 0, frozen });
};

describe(`a network’s weights (seed ${dice.seed})`, () => {
  it('come with the moments of batch normalisation, which training moves', () => {
    const fresh = weights.read('N', null);
    expect(fresh.map(({ name, shape }) => [name, shape])).toEqual(
      ['scale', 'shift', 'mean', 'variance'].map((name) => [name, [4]]),
    );
    train(0);
    const moved = weights.read('N', null);
    expect(moved[2]!.values).not.toEqual(fresh[2]!.values);
    expect(moved[3]!.values).not.toEqual(fresh[3]!.values);
    expect(weights.read('N', 3).map(({ shape, values }) => [shape, [...values]])).toEqual(
      moved.map(({ values }) => [[], [values[3]]]),
    );
  });

  it('of more bytes than are read at once are refused, and those of one unit are not', () => {
    expect(() => weights.read('wide', null)).toThrow(expect.objectContaining({ code: 'too-large' }));
    const [kernel, bias] = weights.read('wide', 119_999);
    const all = [...weights.all()].find(({ name }) => name === 'wide/kernel')!.values;
    expect(kernel!.values).toEqual(all.filter((_, at) => at % 120_000 === 119_999));
    expect(bias!.shape).toEqual([]);
  });

  it('are taken out by name, and put back bit for bit in any order', () => {
    const taken = [...weights.all()];
    expect(taken.map(({ name }) => name)).toEqual([
      'A/kernel',
      'N/scale',
      'N/shift',
      'N/mean',
      'N/variance',
      'wide/kernel',
      'wide/bias',
      'last/kernel',
      'last/bias',
    ]);
    train(1);
    expect(small(weights.all())).not.toEqual(small(taken));
    weights.loader(taken.toReversed())();
    const back = [...weights.all()];
    expect(small(back)).toEqual(small(taken));
    const [was, is] = [taken, back].map((all) => Buffer.from(all[5]!.values.buffer));
    expect(was!.equals(is!)).toBe(true);
  });

  it('are refused whole where one is missing or has another shape', () => {
    const taken = small(weights.all());
    const wide = [...weights.all()][5]!;
    const refused = expect.objectContaining({ code: 'wrong-size' }) as unknown as Error;
    expect(() => weights.loader(taken)).toThrow(refused);
    expect(() => weights.loader([...taken.slice(1), wide])).toThrow(refused);
    const bent = taken.map((tensor) => (tensor.name === 'A/kernel' ? { ...tensor, shape: [36, 4] } : tensor));
    expect(() => weights.loader([...bent, wide])).toThrow(refused);
    expect(small(weights.all())).toEqual(taken);
  });
});
