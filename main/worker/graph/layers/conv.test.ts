import type { Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, expect, it } from 'vitest';
import { convolution } from '../../../../shared/math/convolution.ts';
import { activations, type ConvSpec } from '../../../../shared/network/spec.ts';
import type { Shape } from '../../../../shared/tensor/shape.ts';
import { runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { activated, expectAsAutodiff, expectAsFormula } from '../testing/references.ts';
import { tf } from '../testing/run-graph.ts';
import { foldsColumns, foldsRows } from './folding.ts';
import { surrounded } from './windows.ts';

const dice = new Dice();
const plain: ConvSpec = {
  kind: 'conv',
  name: 'layer',
  filters: 5,
  size: 3,
  stride: 1,
  padding: 'valid',
  activation: 'tanh',
};

describe(`a convolution agrees with tfjs autodiff (seed ${dice.seed})`, () => {
  const cases: [string, ConvSpec][] = [
    ...(['valid', 'same'] as const).flatMap((padding) =>
      [1, 2, 3].map((stride): [string, ConvSpec] => [`${padding}, stride ${stride}`, { ...plain, padding, stride }]),
    ),
    ...activations.map((activation): [string, ConvSpec] => [activation, { ...plain, activation }]),
  ];
  it.each(cases)('%s', (_name, spec) => {
    const run = runLayer(spec, [dice.whole(5, 10), dice.whole(5, 10), dice.whole(1, 4)], dice);
    expectAsAutodiff(run, ([x], [kernel, bias]) => {
      const products = tf.conv2d(x as Tensor4D, kernel as Tensor4D, spec.stride, spec.padding as 'valid' | 'same');
      return activated(spec.activation, tf.add(products, bias!));
    });
  });
});

describe(`a convolution agrees with its definition in float64 (seed ${dice.seed})`, () => {
  const table = [[0, 1, 2], [1, 2, 3], [0, 3], [0, 1, 2, 3], [2]];
  const cases: [string, Partial<ConvSpec>][] = [
    ['two groups', { groups: 2, filters: 6 }],
    ['four groups, padded', { groups: 4, filters: 4, padding: 'same' }],
    ['two groups, stride 2, explicit padding', { groups: 2, filters: 4, stride: 2, padding: [1, 2] }],
    ['a connection table', { connections: table }],
    [
      'a connection table, padded with −1, stride 2',
      { connections: table, padding: [2, 2], paddingValue: -1, stride: 2 },
    ],
    ['dilation 2', { dilation: 2 }],
    ['dilation 2, same', { dilation: 2, padding: 'same' }],
    ['dilation 2, stride 2, explicit padding', { dilation: 2, stride: 2, padding: [3, 1] }],
    ['dilation 2, two groups', { dilation: 2, groups: 2, filters: 4 }],
    ['explicit padding', { padding: [2, 1] }],
    ['explicit padding that is TensorFlow’s own', { padding: [1, 1] }],
    ['explicit padding of a value', { padding: [1, 1], paddingValue: 0.5 }],
    ['same padding of a value', { padding: 'same', paddingValue: -1, stride: 2 }],
    ['one bias a unit', { bias: 'unit' }],
    ['one bias a unit, as in H1 of 1989', { bias: 'unit', padding: [2, 2], paddingValue: -1, stride: 2, size: 5 }],
    ['no bias', { bias: 'none' }],
  ];
  it.each(cases)('%s', (_name, change) => {
    const spec = { ...plain, ...change };
    const run = runLayer(spec, [dice.whole(5, 7), dice.whole(5, 7), 4], dice);
    expectAsFormula(run, (input, [kernel, bias]) =>
      convolution(input, kernel!, bias ?? new Float64Array(0), spec).values.map(Math.tanh),
    );
  });

  it('leaves the weights that no connection reads without a gradient', () => {
    const { made } = runLayer({ ...plain, connections: [[0], [1]], filters: 2 }, [5, 5, 2], dice);
    // HWIO with two maps and two filters: map 0 to filter 1, and map 1 to filter 0.
    const unread = made.byWeights[0]!.filter((_, index) => [1, 2].includes(index % 4));
    expect(unread.every((value) => value === 0)).toBe(true);
  });
});

describe(`a folded convolution (seed ${dice.seed})`, () => {
  const even = () => 2 * dice.whole(3, 6);
  const odd = () => even() + 1;

  describe('agrees with tfjs autodiff', () => {
    const cases = (['valid', 'same'] as const).flatMap((padding) => [3, 5].map((size) => ({ padding, size })));
    it.each(cases)('by columns and by rows, $padding, $size×$size', ({ padding, size }) => {
      expectAsTfjs({ ...plain, padding, size }, [even(), even(), dice.whole(1, 8)], { columns: true, rows: true });
    });

    it.each(cases)('by columns alone, $padding, $size×$size', ({ padding, size }) => {
      expectAsTfjs({ ...plain, padding, size }, [even(), even(), dice.whole(9, 12)], { columns: true, rows: false });
      expectAsTfjs({ ...plain, padding, size }, [odd(), even(), dice.whole(1, 8)], { columns: true, rows: false });
    });

    it.each(cases)('by rows alone, $padding, $size×$size', ({ padding, size }) => {
      const filters = dice.whole(9, 12);
      const spec = { ...plain, filters, padding, size };
      expectAsTfjs(spec, [even(), even(), dice.whole(1, 8)], { columns: false, rows: true });
      expectAsTfjs({ ...plain, padding, size }, [even(), odd(), dice.whole(1, 8)], { columns: false, rows: true });
    });

    it.each(activations)('before %s', (activation) => {
      expectAsTfjs({ ...plain, activation }, [even(), even(), dice.whole(1, 8)], { columns: true, rows: true });
    });
  });

  describe('agrees with its definition in float64', () => {
    const cases: [string, Partial<ConvSpec>][] = [
      ['a connection table', { connections: [[0, 1, 2], [1, 2, 3], [0, 3], [0, 1, 2, 3], [2]] }],
      ['more rows and columns before than after', { padding: [2, 0] }],
      ['padding of a value', { padding: [1, 1], paddingValue: -1 }],
      ['same padding of a value', { padding: 'same', paddingValue: 0.5 }],
      ['one bias a unit', { bias: 'unit', padding: 'same' }],
      ['no bias', { bias: 'none' }],
    ];
    it.each(cases)('%s', (_name, change) => {
      const spec = { ...plain, ...change };
      const shape = [6, 8, 4];
      expect(foldings(spec, shape)).toEqual({ columns: true, rows: true });
      expectAsFormula(runLayer(spec, shape, dice), (input, [kernel, bias]) =>
        convolution(input, kernel!, bias ?? new Float64Array(0), spec).values.map(Math.tanh),
      );
    });
  });

  function foldings(spec: ConvSpec, shape: Shape) {
    const { width, height } = surrounded({ ...spec, shape }, 0);
    return { columns: foldsColumns(spec, width), rows: foldsRows(spec, shape[2]!, height) };
  }

  function expectAsTfjs(spec: ConvSpec, shape: Shape, folded: ReturnType<typeof foldings>): void {
    expect(foldings(spec, shape)).toEqual(folded);
    expectAsAutodiff(runLayer(spec, shape, dice), ([x], [kernel, bias]) => {
      const products = tf.conv2d(x as Tensor4D, kernel as Tensor4D, 1, spec.padding as 'valid' | 'same');
      return activated(spec.activation, tf.add(products, bias!));
    });
  }
});
