import { describe, expect, it } from 'vitest';
import type { LayerStatistics } from '../../../shared/contract.ts';
import type { LayerSpec } from '../../../shared/network/spec.ts';
import { type Optimiser, optimisers } from '../../../shared/training/optimiser.ts';
import { Looks } from '../looks.ts';
import { Weights } from '../weights.ts';
import { readStatistics } from './statistics.ts';
import { compiled } from './testing/compiled.ts';
import { Dice } from './testing/dice.ts';

const dice = new Dice();
const batch = 4;

const layers: readonly LayerSpec[] = [
  { kind: 'conv', name: 'A', filters: 12, size: 3, stride: 1, padding: 'same', activation: 'relu' },
  { kind: 'pool', name: 'P', method: 'max', size: 2, stride: 2 },
  { kind: 'flatten', name: 'flat' },
  { kind: 'dense', name: 'tanh', units: 40, activation: 'tanh' },
  { kind: 'dense', name: 'logistic', units: 40, activation: 'logistic' },
  { kind: 'dense', name: 'scaled', units: 40, activation: 'scaled-tanh' },
  { kind: 'dense', name: 'last', units: 3, activation: 'none' },
];

/** The slope at what the layer gives, from the layer's sums in float64. */
const slopes: Record<string, (sum: number) => number> = {
  A: (sum) => (sum > 0 ? 1 : 0),
  tanh: (sum) => 1 - Math.tanh(sum) ** 2,
  logistic: (sum) => 1 / (1 + Math.exp(-sum)) / (1 + Math.exp(sum)),
  scaled: (sum) => 1.7159 * (2 / 3) * (1 - Math.tanh((2 / 3) * sum) ** 2),
};

describe(`statistics (seed ${dice.seed})`, () => {
  it.each([1, 2])('are those of all images of the batch together, in %s towers', (towers) => {
    const { graph, trace, images, labels } = compiled({ layers, input: [6, 6, 1] }, dice, { batch, towers });
    const weights = new Weights(graph, trace);
    // Wide weights: some units are at their ends for all images.
    weights.loader(
      [...weights.all()].map((tensor) => ({
        ...tensor,
        values: dice.numbers(tensor.values.length).map((value) => value * (tensor.name === 'A/bias' ? 3 : 2)),
      })),
    )();
    const given = graph.call('statistics', {
      ...{ position: 0, step: 0, seed: 1, learningRate: 0.1, momentum: 0, weightDecay: 0 },
    }).numbers as Float32Array;
    const stood = readStatistics(trace, given, { batch, towers, isFrozen: () => false });
    const looks = new Looks(graph, trace);
    const looked = images.map((pixels, index) => ({
      pixels: Int32Array.from(pixels),
      labels: Int32Array.of(labels[index]!),
    }));
    let dead = 0;
    for (const [index, { spec, output }] of trace.layers.entries()) {
      const { layer, mean, variance, ...said } = stood[index]!;
      expect(layer).toBe(spec.name);
      const values = looked.flatMap((image) => [...looks.activations(image, layer, 'outputs').values]);
      const expected = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / values.length;
      expect(Math.abs(mean - expected), `mean of ${layer}`).toBeLessThan(1e-4 * Math.sqrt(spread));
      expect(Math.abs(variance - spread), `variance of ${layer}`).toBeLessThan(1e-4 * spread);
      const slope = slopes[layer];
      if (!slope) {
        expect(said.dead).toBeNull();
        continue;
      }
      const units = output.at(-1)!;
      const sums = looked.flatMap((image) => [...looks.activations(image, layer, 'sums').values]);
      const alive = new Set(sums.flatMap((sum, at) => (slope(sum) < 0.01 ? [] : [at % units])));
      expect(said.dead, `dead of ${layer}`).toBe((units - alive.size) / units);
      dead += units - alive.size;
    }
    expect(dead).toBeGreaterThan(0);
    graph.dispose();
  });

  it.each(optimisers.flatMap((optimiser) => [0, 0.01].map((decay) => [optimiser, decay] as const)))(
    'say how far the step that comes really goes: %s with weight decay %s',
    (optimiser: Optimiser, weightDecay) => {
      const { graph, trace } = compiled({ layers, input: [6, 6, 1] }, dice, { batch, optimiser });
      const weights = new Weights(graph, trace);
      const momentum = optimiser === 'sgd' ? 0 : 0.9;
      const frozen = new Int32Array(trace.layers.flatMap((layer) => layer.weights).length);
      const train = (step: number): void => {
        const learningRates = Float32Array.of(0.01);
        graph.call('train', { position: 0, step, seed: 1, learningRates, momentum, weightDecay, frozen });
      };
      train(0);
      train(1);
      const before = [...weights.all()];
      const place = { position: 0, step: 2, seed: 1, learningRate: 0.01, momentum, weightDecay };
      const numbers = graph.call('statistics', place).numbers as Float32Array;
      expect([...weights.all()]).toEqual(before);
      train(2);
      const after = new Map([...weights.all()].map(({ name, values }) => [name, values]));
      const said = new Map<string, LayerStatistics['weights'][number]>(
        readStatistics(trace, numbers, { batch, towers: 2, isFrozen: (layer) => layer === 'tanh' }).flatMap(
          ({ layer, weights: tensors }) => tensors.map((tensor) => [`${layer}/${tensor.name}`, tensor] as const),
        ),
      );
      expect([...said.keys()]).toEqual(before.map(({ name }) => name));
      for (const { name, values } of before) {
        const { norm, updateRatio, gradientNorm } = said.get(name)!;
        const moved = Math.hypot(...after.get(name)!.map((value, at) => value - values[at]!));
        const length = Math.hypot(...values);
        expect(Math.abs(norm - length)).toBeLessThan(1e-4 * length);
        if (name.startsWith('tanh/')) expect(updateRatio).toBe(0);
        else expect(Math.abs(updateRatio * length - moved), name).toBeLessThan(2e-3 * moved + 1e-7);
        if (optimiser === 'sgd' && weightDecay === 0 && !name.startsWith('tanh/')) {
          expect(Math.abs(gradientNorm * 0.01 - moved)).toBeLessThan(2e-3 * moved + 1e-7);
        }
      }
      graph.dispose();
    },
  );
});
