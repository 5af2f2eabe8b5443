import { describe, expect, it } from 'vitest';
import { estimateMemory, requireMemory } from './memory.ts';
import { presets } from './presets/index.ts';
import { NetworkError, trace } from './shapes.ts';
import type { NetworkSpec } from './spec.ts';

const tiny: NetworkSpec = {
  id: 'tiny',
  title: 'Tiny',
  year: 0,
  source: '',
  departures: [],
  input: [4, 4, 1],
  layers: [
    { kind: 'conv', name: 'C', filters: 2, size: 3, stride: 1, padding: 'valid', activation: 'relu' },
    { kind: 'dropout', name: 'drop', rate: 0.5 },
    { kind: 'flatten', name: 'flat' },
    { kind: 'dense', name: 'out', units: 3, activation: 'none' },
  ],
};

describe('the memory of a training step', () => {
  it('is what can be counted by hand', () => {
    const estimate = estimateMemory(trace(tiny), { batch: 10, optimiser: 'momentum' });
    // Weights: 2 · 9 + 2 in C, 8 · 3 + 3 in out. Activations: 16 pixels, 8 cells of C, those and a mask in drop, 3 of out.
    expect(estimate).toMatchObject({
      weights: 4 * 47,
      slots: 4 * 47,
      gradients: 4 * 47,
      activations: 4 * 10 * (16 + 8 + 2 * 8 + 3),
      // C: its input twice, its output, its kernel and bias.
      workspace: 4 * (10 * (2 * 16 + 8) + 20),
      largest: { layer: 'drop', bytes: 4 * 10 * 16 },
    });
    expect(estimate.total).toBe(4 * (3 * 47 + 430 + 420));
  });

  it('has no slot a weight with SGD and two with Adam', () => {
    const network = trace(presets.alexnet());
    const slots = (optimiser: 'sgd' | 'adam') => estimateMemory(network, { batch: 32, optimiser }).slots;
    expect(slots('sgd')).toBe(0);
    expect(slots('adam')).toBe(2 * 4 * 60_965_224);
  });

  it('does not depend on the batch for weights, and grows with it for activations', () => {
    const network = trace(presets['residual-20']());
    const [one, two] = [1, 2].map((batch) => estimateMemory(network, { batch, optimiser: 'momentum' }));
    expect(two!.activations).toBe(2 * one!.activations);
    expect(two!.weights).toBe(one!.weights);
  });

  it('of AlexNet with 32 images is between one and two gigabytes', () => {
    const { total } = estimateMemory(trace(presets.alexnet()), { batch: 32, optimiser: 'momentum' });
    expect(total / 1e9).toBeGreaterThan(1);
    expect(total / 1e9).toBeLessThan(2);
  });

  it('is refused where it does not fit, with the estimate', () => {
    const network = trace(presets.alexnet());
    expect(() => requireMemory(network, { batch: 32, optimiser: 'momentum' }, 2e9)).not.toThrow();
    expect(() => requireMemory(network, { batch: 4096, optimiser: 'momentum' }, 8e9)).toThrow(NetworkError);
    expect(() => requireMemory(network, { batch: 4096, optimiser: 'momentum' }, 8e9)).toThrow(
      /^(conv1|norm1): A training step with batches of 4096 takes about [\d.]+ GB, [\d.]+ GB of it in this layer, and 8.0 GB are at hand: choose a smaller batch or a smaller network$/,
    );
  });
});
