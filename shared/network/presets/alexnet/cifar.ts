import type { ConvSpec, LrnSpec, PoolingMethod, PoolSpec } from '../../spec.ts';
import { preset } from '../preset.ts';
import { allUpgrades } from './layers.ts';

/**
 * AlexNet's little sister for 32×32 pixels, by the same author: three convolutions with overlapping pooling. 89,578 parameters.
 *
 * The source calls it `layers-18pct`, after its test error on CIFAR-10.
 */
export const alexnetCifar = preset({
  id: 'alexnet-cifar',
  switches: { activation: allUpgrades.activation, lrn: allUpgrades.lrn },
  network: ({ activation, lrn }) => ({
    title: 'AlexNet for 32×32',
    year: 2012,
    source: 'Krizhevsky’s cuda-convnet, example-layers/layers-18pct.cfg',
    departures: [
      'Normalisation runs over nine neighbouring maps; in the source over 3×3 neighbouring cells of one map',
      'The mean colour is subtracted from every pixel; the source subtracts each pixel’s own mean over the training set',
    ],
    input: [32, 32, 3],
    pixels: { kind: 'standardised', mean: [0.4914, 0.4822, 0.4465], deviation: [1 / 255, 1 / 255, 1 / 255] },
    initialiser: { kind: 'normal', deviation: 0.01 },
    layers: [
      { ...conv('conv1', 32), initialiser: { kind: 'normal', deviation: 1e-4 }, activation: 'none' },
      { ...pool('pool1', 'max'), activation },
      ...normalisation('norm1', lrn),
      { ...conv('conv2', 32), activation },
      pool('pool2', 'average'),
      ...normalisation('norm2', lrn),
      { ...conv('conv3', 64), activation },
      pool('pool3', 'average'),
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'fc10', units: 10, activation: 'none' },
    ],
  }),
  recipe: () => ({
    dataset: 'cifar10',
    optimiser: 'momentum',
    learningRate: 1e-3,
    momentum: 0.9,
    weightDecay: 0.004,
    schedule: {
      kind: 'table',
      rates: [
        [24, 1e-3],
        [3, 1e-4],
        [3, 1e-5],
      ],
    },
    batch: 128,
    epochs: 30,
    augmentation: {},
    departures: [
      'Thirty passes with a table of rates stand for a rate that the source lowers by hand',
      'Weights decay by 0.004 everywhere; in the source by 1 in fc10',
      'Biases learn at the rate of the weights; in the source at twice that',
    ],
  }),
});

/** 5×5, keeping the size of the maps. */
function conv(name: string, filters: number) {
  return { kind: 'conv', name, filters, size: 5, stride: 1, padding: [2, 2] } as const satisfies Partial<ConvSpec>;
}

/** 3×3 with stride 2; the last window may reach over the edge, so that 32 cells become 16. */
function pool(name: string, method: PoolingMethod) {
  return { kind: 'pool', name, method, size: 3, stride: 2, padding: [0, 1] } as const satisfies PoolSpec;
}

/** α is 5e-5 over the nine numbers that are summed. */
function normalisation(name: string, lrn: 'on' | 'off'): LrnSpec[] {
  return lrn === 'on' ? [{ kind: 'lrn', name, depth: 9, k: 1, alpha: 5e-5 / 9, beta: 0.75 }] : [];
}
