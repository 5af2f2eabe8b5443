import { describe, expect, it } from 'vitest';
import { NetworkError, trace } from './shapes.ts';
import type { ConvSpec, LayerSpec, NetworkSpec } from './spec.ts';

const conv: ConvSpec = { kind: 'conv', name: 'C', filters: 4, size: 3, stride: 1, padding: [1, 1], activation: 'relu' };
const flatten = { kind: 'flatten', name: 'flat' } as const;
const output = { kind: 'dense', name: 'out', units: 10, activation: 'none' } as const;

/** The layers on 8×8 images of two channels, ended by flatten and dense unless they end in a vector. */
function network(layers: readonly LayerSpec[], rest: Partial<NetworkSpec> = {}): NetworkSpec {
  const ended = layers.some(({ kind }) => kind === 'flatten') ? layers : [...layers, flatten, output];
  return { id: 't', title: 't', year: 0, source: '', departures: [], input: [8, 8, 2], layers: ended, ...rest };
}

function refusal(layers: readonly LayerSpec[], rest?: Partial<NetworkSpec>): string {
  try {
    trace(network(layers, rest));
  } catch (error) {
    if (error instanceof NetworkError) {
      expect(error.message.startsWith(`${error.layer}: `)).toBe(true);
      return error.message;
    }
    throw error;
  }
  return 'accepted';
}

describe('a network that cannot work is refused', () => {
  it.each<[string, readonly LayerSpec[], string]>([
    [
      'a window larger than the padded input',
      [{ ...conv, size: 11 }],
      'C: A window of 11 does not fit in 8 cells padded to 10: use a smaller window or padding "same"',
    ],
    [
      'padding below zero',
      [{ ...conv, padding: [-1, 1] }],
      'C: Padding must be a whole number of cells from zero up, not -1',
    ],
    [
      'padding as wide as the window',
      [{ ...conv, padding: [0, 3] }],
      'C: A padding of 3 cells hides the map from a window of 3: pad by at most 2',
    ],
    ['a dilation of zero', [{ ...conv, dilation: 0 }], 'C: dilation must be a whole number above zero, not 0'],
    ['half a stride', [{ ...conv, stride: 0.5 }], 'C: stride must be a whole number above zero, not 0.5'],
    [
      'groups that do not divide the input maps',
      [{ ...conv, groups: 4 }],
      'C: 2 input maps do not fall into 4 equal groups: choose a number that divides',
    ],
    [
      'groups that do not divide the filters',
      [{ ...conv, filters: 3, groups: 2 }],
      'C: 3 filters do not fall into 2 equal groups: choose a number that divides',
    ],
    [
      'groups beside a connection table',
      [{ ...conv, groups: 2, connections: [[0], [0], [1], [1]] }],
      'C: Groups and a connection table exclude each other: give one of them',
    ],
    [
      'a connection table with a row too few',
      [{ ...conv, connections: [[0], [1], [0]] }],
      'C: The connection table has 3 rows for 4 filters: give one a filter',
    ],
    [
      'a filter that reads nothing',
      [{ ...conv, connections: [[0], [], [1], [1]] }],
      'C: Filter 1 reads no input map: name at least one in its row of the table',
    ],
    [
      'a filter that reads a map that is not there',
      [{ ...conv, connections: [[0], [2], [1], [1]] }],
      'C: Filter 1 reads input map 2, but they count from 0 to 1',
    ],
    [
      'a filter that names a map twice',
      [{ ...conv, connections: [[0, 0], [1], [1], [1]] }],
      'C: Filter 0 names an input map twice: name each once',
    ],
    [
      'a normalisation over an even number of maps',
      [{ kind: 'lrn', name: 'N', depth: 4, k: 2, alpha: 1e-4, beta: 0.75 }],
      'N: A depth of 4 has no map in its middle: choose an odd number of maps',
    ],
    [
      'a normalisation that can divide by zero',
      [{ kind: 'lrn', name: 'N', depth: 5, k: 0, alpha: 1e-4, beta: 0.75 }],
      'N: k must be above zero, not 0: it keeps the divisor from vanishing',
    ],
    [
      'dropout of everything',
      [{ kind: 'dropout', name: 'D', rate: 1 }],
      'D: The rate is the share of numbers that are zeroed: at least 0 and below 1, not 1',
    ],
    [
      'moments that never change',
      [{ kind: 'batch-norm', name: 'B', momentum: 1, epsilon: 1e-5, activation: 'none' }],
      'B: momentum is the share kept of the old moments: at least 0 and below 1, not 1',
    ],
    [
      'a sum of different shapes',
      [conv, { kind: 'add', name: 'A', with: 'input', activation: 'relu' }],
      'A: C gives 8×8×4 and the image gives 8×8×2: put a shortcut between that makes the shapes equal',
    ],
    [
      'a layer that is read but not there',
      [{ kind: 'add', name: 'A', with: 'B', activation: 'relu' }],
      'A: It reads B, but no layer has that name',
    ],
    [
      'a layer that is read before it is there',
      [
        { ...conv, from: 'D' },
        { ...conv, name: 'D' },
      ],
      'C: It reads D, which does not come before it: move it back',
    ],
    [
      'a layer that nobody reads',
      [conv, { ...conv, name: 'D', from: 'input' }],
      'C: No later layer reads what it gives: name it in a "from" or leave it out',
    ],
    [
      'a shortcut to fewer channels',
      [{ kind: 'shortcut', name: 'S', stride: 2, channels: 1 }],
      'S: A shortcut only adds channels: it reads 2 and cannot give 1',
    ],
    [
      'a dense layer on an image',
      [flatten, output, { ...output, name: 'D', from: 'input' }],
      'D: A dense layer reads a vector: put flatten before it',
    ],
    [
      'a convolution on a vector',
      [flatten, conv],
      'C: It reads an image (height, width, channels), but flat gives a vector: put it before flatten',
    ],
    [
      'codes of another length',
      [flatten, { ...output, units: 3 }, { kind: 'rbf', name: 'R', codes: [[1, -1]] }],
      'R: The code of class 0 has 2 numbers, but it is compared with 3',
    ],
    [
      'codes of other numbers',
      [flatten, { ...output, units: 2 }, { kind: 'rbf', name: 'R', codes: [[1, 0]] }],
      'R: The code of class 0 holds numbers other than +1 and −1: use only those',
    ],
    [
      'no codes',
      [flatten, output, { kind: 'rbf', name: 'R', codes: [] }],
      'R: An RBF layer needs a code for each class: give at least one',
    ],
    [
      'first weights without a spread',
      [{ ...conv, initialiser: { kind: 'normal', deviation: 0 } }],
      "C: The initialiser's deviation must be above zero, not 0",
    ],
    ['a name twice', [conv, conv], 'C: Two layers have this name'],
    ['the image’s name', [{ ...conv, name: 'input' }], 'input: This name stands for the image: give the layer another'],
  ])('%s', (_, layers, message) => {
    expect(refusal(layers)).toBe(message);
  });

  it('an end without one number a class', () => {
    expect(() => trace({ ...network([]), layers: [conv] })).toThrow(
      'C: The last layer must give one number a class: add flatten and dense',
    );
  });
  it('the RBF loss without an RBF layer', () => {
    expect(refusal([conv], { loss: 'rbf' })).toBe(
      'out: The RBF loss measures distances to codes: end with an RBF layer or choose another loss',
    );
  });
  it('pixel scales for another number of channels', () => {
    const pixels = { kind: 'standardised', mean: [0, 0, 0], deviation: [1, 1] } as const;
    expect(refusal([conv], { pixels })).toBe('input: The pixels’ mean needs one number for each of the 2 channels');
    expect(refusal([conv], { pixels: { ...pixels, mean: [0, 0], deviation: [1, 0] } })).toBe(
      'input: Pixels are divided by their deviation: give numbers above zero',
    );
  });
  it('but not a window that dilation makes fit', () => {
    expect(refusal([{ ...conv, dilation: 3, padding: [3, 3] }])).toBe('accepted');
  });
});
