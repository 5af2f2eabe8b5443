import { describe, expect, it } from 'vitest';
import type { LayerSpec } from '../../shared/network/spec.ts';
import { optimisers } from '../../shared/training/optimiser.ts';
import type { NativeGraph } from './graph/native.ts';
import { compiled } from './graph/testing/compiled.ts';
import { Dice } from './graph/testing/dice.ts';
import { tensorRows } from './graph/tensor-rows.ts';
import { type NamedTensor, Weights } from './weights.ts';

/** A small kernel and biases share a variable; `wide` has one of its own. */
const layers: readonly LayerSpec[] = [
  { kind: 'conv', name: 'A', filters: 4, size: 3, stride: 1, padding: 'same', bias: 'none', activation: 'none' },
  { kind: 'batch-norm', name: 'N', momentum: 0.9, epsilon: 1e-3, activation: 'relu' },
  { kind: 'flatten', name: 'flat' },
  { kind: 'dense', name: 'wide', units: 1856, activation: 'relu' },
  { kind: 'dense', name: 'last', units: 3, activation: 'none' },
];

/** Steps of an epoch: more than any of these tests takes. */
const batches = 8;

const isOf =
  (...names: readonly string[]) =>
  ({ name }: NamedTensor): boolean =>
    names.some((layer) => name.startsWith(`${layer}/`));
const isWeight = ({ name }: NamedTensor): boolean => name !== 'N/mean' && name !== 'N/variance';
/** As bits: Vitest compares hundreds of thousands of numbers slowly. */
const bits = (tensors: readonly NamedTensor[]) =>
  tensors.map(({ name, values }) => [name, Buffer.from(values.buffer).toString('latin1')]);

/** A network in training, deterministic by the dice's seed. */
function training(seed: number, optimiser: (typeof optimisers)[number], weightDecay: number) {
  const dice = new Dice(seed);
  const { graph, trace } = compiled({ layers, input: [6, 6, 4] }, dice, { optimiser, batches });
  const weights = new Weights(graph, trace);
  const tensors = trace.layers.flatMap(({ spec, weights: own }) => own.map(() => spec.name));
  let step = 0;
  return {
    graph,
    trace,
    all: () => [...weights.all()],
    train(steps: number, ...frozen: readonly string[]): void {
      const learningRates = new Float32Array(steps).fill(0.01);
      const momentum = optimiser === 'sgd' ? 0 : 0.9;
      const held = Int32Array.from(tensors, (layer) => (frozen.includes(layer) ? 1 : 0));
      graph.call('train', { position: step * 4, step, seed: 1, learningRates, momentum, weightDecay, frozen: held });
      step += steps;
    },
    /** Puts a layer's weights back to what they were. */
    restore(layer: string, before: readonly NamedTensor[]): void {
      const own = trace.layers.find(({ spec }) => spec.name === layer)!;
      for (const [place, { name }] of own.weights.entries()) {
        const numbers = before.find((tensor) => tensor.name === `${layer}/${name}`)!.values;
        write(graph, { ...tensorRows(trace, own, place), numbers });
      }
    },
  };
}

function write(graph: NativeGraph, feeds: Parameters<NativeGraph['call']>[1]): void {
  graph.call('write_rows', feeds);
}

const seed = new Dice().seed;
const cases = optimisers.flatMap((optimiser) => [0, 0.01].map((weightDecay) => [optimiser, weightDecay] as const));

describe(`frozen layers (seed ${seed})`, () => {
  it.each(cases)('stay bit for bit, and all others learn as if theirs were put back each step: %s, %s', (...how) => {
    const frozen = training(seed, ...how);
    const masked = training(seed, ...how);
    for (const run of [frozen, masked]) run.train(2);
    const before = frozen.all();
    expect(bits(masked.all())).toEqual(bits(before));
    frozen.train(3, 'A', 'wide');
    for (let step = 0; step < 3; step += 1) {
      masked.train(1);
      masked.restore('A', before);
      masked.restore('wide', before);
    }
    const after = frozen.all();
    const held = isOf('A', 'wide');
    expect(bits(after.filter(held))).toEqual(bits(before.filter(held)));
    expect(bits(after)).toEqual(bits(masked.all()));
    for (const tensor of after.filter((each) => !held(each))) {
      expect(bits([tensor])).not.toEqual(bits(before.filter(({ name }) => name === tensor.name)));
    }
    frozen.graph.dispose();
    masked.graph.dispose();
  });

  it('all frozen is a network that stays, whatever its moments do', () => {
    const run = training(seed, 'momentum', 0.01);
    run.train(2);
    const before = run.all();
    run.train(2, ...layers.map(({ name }) => name));
    const after = run.all();
    expect(bits(after.filter(isWeight))).toEqual(bits(before.filter(isWeight)));
    expect(bits(after)).not.toEqual(bits(before));
    run.graph.dispose();
  });

  it('thawed, go on with what the optimiser remembered before', () => {
    const run = training(seed, 'momentum', 0);
    const of = (name: string): Float32Array => run.all().find((tensor) => tensor.name === name)!.values;
    run.train(2);
    const names = ['A/kernel', 'wide/kernel'];
    const earlier = names.map(of);
    run.train(1);
    const before = names.map(of);
    run.train(4, 'A', 'wide');
    const place = { position: 28, step: 7, seed: 1, learningRate: 0.01, momentum: 0, weightDecay: 0 };
    const numbers = run.graph.call('statistics', place).numbers as Float32Array;
    run.train(1);
    const after = names.map(of);
    const tensors = run.trace.layers.flatMap(({ spec, weights }) => weights.map(({ name }) => `${spec.name}/${name}`));
    for (const [which, name] of names.entries()) {
      // Δ = μ · (the last change before) + rate · gradient; statistics tell the length of the gradient.
      const rest = after[which]!.map(
        (value, at) => before[which]![at]! - value - 0.9 * (earlier[which]![at]! - before[which]![at]!),
      );
      const expected = 0.01 * Math.sqrt(2 * numbers[tensors.indexOf(name) * 3 + 1]!);
      const length = Math.sqrt(rest.reduce((sum, value) => sum + value ** 2, 0));
      expect(expected).toBeGreaterThan(0);
      expect(Math.abs(length - expected), name).toBeLessThan(0.01 * expected);
    }
    run.graph.dispose();
  });
});
