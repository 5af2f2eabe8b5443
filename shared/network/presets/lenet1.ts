import type { Initialiser } from '../spec.ts';
import { preset } from './preset.ts';

const initialiser: Initialiser = { kind: 'fan-in', gain: 2.4, root: true };

/** Which maps of H2 each of the twelve of H3 reads, counted from 0: LeCun et al. (1990), table 1. */
const h3Connections = [[0], [0, 1], [0, 1], [1], [0, 1], [0, 1], [2], [2, 3], [2, 3], [3], [2, 3], [2, 3]];

/**
 * LeNet-1, the first with averaging layers. 2,578 parameters, 98,442 connections, 4,635 units with the 784 of the input and the one that
 * biases read.
 */
export const lenet1 = preset({
  id: 'lenet1',
  switches: {},
  network: () => ({
    title: 'LeNet-1',
    year: 1989,
    source: 'LeCun et al. (1990), “Handwritten digit recognition with a back-propagation network”, NIPS 2, 396–404',
    departures: [
      'Activations, targets and pixel range are those of LeCun et al. (1989): this paper does not give them again',
      'First weights are U(±2.4/√F), after the paper of 1989, which prints U(±2.4/F)',
    ],
    input: [28, 28, 1],
    pixels: { kind: 'range', low: -1, high: 1 },
    initialiser,
    loss: 'mean-squared-error',
    layers: [
      { kind: 'conv', name: 'H1', filters: 4, size: 5, stride: 1, padding: 'valid', activation: 'tanh' },
      { kind: 'subsample', name: 'H2', size: 2, stride: 2, activation: 'tanh' },
      {
        kind: 'conv',
        name: 'H3',
        filters: 12,
        size: 5,
        stride: 1,
        padding: 'valid',
        connections: h3Connections,
        activation: 'tanh',
      },
      { kind: 'subsample', name: 'H4', size: 2, stride: 2, activation: 'tanh' },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'output', units: 10, activation: 'tanh' },
    ],
  }),
  recipe: () => ({
    dataset: 'mnist',
    optimiser: 'momentum',
    learningRate: 0.05,
    momentum: 0.9,
    weightDecay: 0,
    schedule: { kind: 'step', factor: 0.5, every: 5 },
    batch: 32,
    epochs: 20,
    augmentation: {},
    departures: [
      'MNIST stands for the zip codes of the U.S. Postal Service',
      'Momentum and batches of 32 stand for the paper’s second-order method on one example at a time',
    ],
  }),
});
