import type { RunSettings } from './contract.ts';

/** What a newcomer's first Train runs, in the window and without: the textbook LeNet-5 on MNIST. */
export const defaultSettings: RunSettings = {
  network: { preset: 'lenet5-textbook', activation: 'logistic', pooling: 'average' },
  dataset: 'mnist',
  hyperParameters: { learningRate: 0.1, momentum: 0.9, batch: 128, epochs: 12, seed: 7 },
};
