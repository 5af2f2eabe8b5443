import { describe, expect, it } from 'vitest';
import { trace } from '../../../shared/network/shapes.ts';
import type { ConvSpec, Initialiser, LayerSpec } from '../../../shared/network/spec.ts';
import { initialState, initialWeights } from './initialisers.ts';
import { Dice } from './testing/dice.ts';
import { runGraph } from './testing/run-graph.ts';

const dice = new Dice();

/** First weights of the first of `layers`, or of the one at `index`, by the order of its tensors. */
function first(layers: LayerSpec[], standard?: Initialiser, { seed = dice.seed, index = 0 } = {}) {
  const last: LayerSpec[] = [
    { kind: 'flatten', name: 'flat' },
    { kind: 'dense', name: 'last', units: 2, activation: 'none' },
  ];
  const layer = trace({
    id: 'test',
    title: 'Test',
    year: 0,
    source: '',
    departures: [],
    input: [9, 9, 6],
    layers: [...layers, ...last],
  }).layers[index]!;
  const made: Record<string, Float32Array> = runGraph((math) => {
    const weights = initialWeights(math, layer, standard, math.graph.integer(seed));
    return Object.fromEntries([...weights, ...initialState(math, layer)].entries());
  });
  return Object.values(made);
}

const conv = (change: Partial<ConvSpec> = {}): ConvSpec => ({
  kind: 'conv',
  name: 'layer',
  filters: 60,
  size: 5,
  stride: 1,
  padding: 'valid',
  activation: 'tanh',
  ...change,
});
const fanIn = 5 * 5 * 6;

/** Expects numbers as U(±limit) gives them. */
function expectUniform(values: Float32Array, limit: number): void {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeLessThanOrEqual(Math.fround(limit));
  expect(largest).toBeGreaterThan(limit * (1 - 20 / values.length));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan((5 * limit) / Math.sqrt(3 * values.length));
}

/** Expects numbers as N(0, deviation²) gives them. */
function expectNormal(values: Float32Array, deviation: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(values.length));
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
}

describe(`first weights (seed ${dice.seed})`, () => {
  it('are Glorot’s unless said otherwise, four times wider before a logistic sigmoid', () => {
    const limit = Math.sqrt(6 / (fanIn + 25 * 60));
    expectUniform(first([conv()])[0]!, limit);
    expectUniform(first([conv({ activation: 'logistic' })])[0]!, 4 * limit);
  });

  it('are ±gain / F or ±gain / √F by fan-in', () => {
    expectUniform(first([conv()], { kind: 'fan-in', gain: 2.4 })[0]!, 2.4 / fanIn);
    expectUniform(first([conv()], { kind: 'fan-in', gain: 1, root: true })[0]!, 1 / Math.sqrt(fanIn));
  });

  it('count in a fan-in only the maps that a filter reads', () => {
    const connections = Array.from({ length: 60 }, (_, filter) => (filter % 2 === 0 ? [1] : [0, 2, 4]));
    const [kernel] = first([conv({ connections })], { kind: 'fan-in', gain: 2.4 });
    const read = (filter: number, map: number) =>
      kernel!.filter((_, index) => index % 60 === filter && Math.floor(index / 60) % 6 === map);
    expectUniform(Float32Array.from([...Array(30).keys()].flatMap((half) => [...read(2 * half, 1)])), 2.4 / 25);
    expectUniform(Float32Array.from([...Array(30).keys()].flatMap((half) => [...read(2 * half + 1, 4)])), 2.4 / 75);
    expect([...read(0, 0), ...read(1, 1)].every((value) => value === 0)).toBe(true);
  });

  it('are normal as He’s or with a deviation given', () => {
    expectNormal(first([conv()], { kind: 'he' })[0]!, Math.sqrt(2 / fanIn));
    expectNormal(first([conv()], { kind: 'normal', deviation: 0.01 })[0]!, 0.01);
  });

  it('prefer the layer’s own initialiser to the network’s', () => {
    const own = conv({ initialiser: { kind: 'normal', deviation: 0.03 } });
    expectNormal(first([own], { kind: 'he' })[0]!, 0.03);
  });

  it('start biases at 0 or where the layer says', () => {
    expect(new Set(first([conv()])[1])).toEqual(new Set([0]));
    expect(new Set(first([conv({ initialBias: 1 })])[1])).toEqual(new Set([1]));
    expect(first([conv({ bias: 'none' })])).toHaveLength(1);
  });

  it('make a subsampling unit the mean of its window', () => {
    const spec: LayerSpec = { kind: 'subsample', name: 'layer', size: 2, stride: 2, activation: 'tanh' };
    expect(first([spec]).map((values) => values[0])).toEqual([0.25, 0]);
  });

  it('start batch normalisation from scale 1, shift 0, mean 0 and variance 1', () => {
    const spec: LayerSpec = { kind: 'batch-norm', name: 'layer', momentum: 0.9, epsilon: 1e-5, activation: 'none' };
    expect(first([spec]).map((values) => values[0])).toEqual([1, 0, 0, 1]);
  });

  it('are the same for a seed, and others for another seed or another layer', () => {
    const two = [conv(), conv({ name: 'next', size: 5, filters: 6, padding: 'same' })];
    const a = first(two)[0]!.slice(0, 100);
    expect(first(two)[0]!.slice(0, 100)).toEqual(a);
    expect(first(two, undefined, { seed: dice.seed + 1 })[0]!.slice(0, 100)).not.toEqual(a);
    const same = [conv({ filters: 6 }), conv({ name: 'next', filters: 6 })];
    expect(first(same)[0]).not.toEqual(first(same, undefined, { index: 1 })[0]);
  });
});
