import type { RunSettings } from './contract.ts';
import type { Activation } from './network/spec.ts';

/**
 * A learning rate at which the textbook LeNet-5 learns well with each activation (momentum 0.9, batch 128): 97.9 to 98.6 % after two epochs of MNIST with
 * max pooling, measured. At the logistic's 0.1 a ReLU's units die and the network without an activation runs away.
 */
export const learningRates: Readonly<Record<Activation, number>> = {
  none: 0.02,
  logistic: 0.1,
  tanh: 0.05,
  'scaled-tanh': 0.05,
  relu: 0.02,
};

/** What a newcomer's first Train runs, in the window and without: the textbook LeNet-5 on MNIST. */
export const defaultSettings: RunSettings = {
  network: { preset: 'lenet5-textbook', activation: 'logistic', pooling: 'average' },
  dataset: 'mnist',
  hyperParameters: { learningRate: learningRates.logistic, momentum: 0.9, batch: 128, epochs: 12, seed: 7 },
};
