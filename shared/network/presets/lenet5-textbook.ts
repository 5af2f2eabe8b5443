import type { Activation, NetworkSpec, PoolingMethod } from '../spec.ts';

/** What the textbook LeNet-5 leaves open here: the two switches of the story. */
export type Lenet5Switches = { readonly activation: Activation; readonly pooling: PoolingMethod };

/**
 * LeNet-5 as textbooks tell it: logistic sigmoid and plain average pooling, again and again. 61,706 parameters.
 *
 * `switches` turn the sigmoid into another activation and the average into the maximum: two of AlexNet's four upgrades.
 */
export function lenet5Textbook(switches: Partial<Lenet5Switches> = {}) {
  const { activation = 'logistic', pooling = 'average' } = switches;
  return {
    id: 'lenet5-textbook',
    title: 'LeNet-5 (textbook)',
    year: 1998,
    source: 'After LeCun et al. (1998), Proc. IEEE 86(11), §II-B, as simplified by textbooks',
    departures: [
      '28×28 digits with "same" padding in C1 stand for the 32×32 input of the paper',
      'C3 reads all six maps of S2; the paper connects it by a table',
      'The S layers average only; the paper’s have a trainable coefficient, a bias and a squashing function',
      'A softmax with cross-entropy stands for the paper’s RBF output and its loss',
      'The logistic sigmoid stands for the paper’s scaled tanh',
      'Weights start as Glorot and Bengio (2010) draw them, four times wider before a logistic sigmoid',
    ],
    input: [28, 28, 1],
    layers: [
      { kind: 'conv', name: 'C1', filters: 6, size: 5, stride: 1, padding: 'same', activation },
      { kind: 'pool', name: 'S2', method: pooling, size: 2, stride: 2 },
      { kind: 'conv', name: 'C3', filters: 16, size: 5, stride: 1, padding: 'valid', activation },
      { kind: 'pool', name: 'S4', method: pooling, size: 2, stride: 2 },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'C5', units: 120, activation },
      { kind: 'dense', name: 'F6', units: 84, activation },
      { kind: 'dense', name: 'output', units: 10, activation: 'none' },
    ],
  } as const satisfies NetworkSpec;
}
