import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, expect, it } from 'vitest';
import { negativeDistances } from '../../../../shared/math/losses.ts';
import { activations } from '../../../../shared/network/spec.ts';
import { batch, runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { activated, expectAsAutodiff, expectAsFormula } from '../testing/references.ts';
import { tf } from '../testing/run-graph.ts';

const dice = new Dice();
const maps = () => [dice.whole(2, 6), dice.whole(2, 6), dice.whole(1, 5)];

describe(`layers without windows (seed ${dice.seed})`, () => {
  it.each(activations)('dense, %s, agrees with tfjs', (activation) => {
    const run = runLayer({ kind: 'dense', name: 'layer', units: dice.whole(2, 9), activation }, [11], dice);
    expectAsAutodiff(run, ([x], [kernel, bias]) =>
      activated(activation, tf.add(tf.matMul(x as Tensor2D, kernel as Tensor2D), bias!)),
    );
  });

  it('flatten keeps the numbers in their order', () => {
    const run = runLayer({ kind: 'flatten', name: 'layer' }, maps(), dice);
    expect(run.made.output).toEqual(run.given.inputs[0]);
    expectAsAutodiff(run, ([x]) => tf.reshape(x!, [batch, -1]));
  });

  it.each(activations)('add, %s, agrees with tfjs', (activation) => {
    const run = runLayer({ kind: 'add', name: 'layer', from: 'input', with: 'other', activation }, maps(), dice);
    expect(run.made.byInputs).toHaveLength(2);
    expectAsAutodiff(run, ([a, b]) => activated(activation, tf.add(a!, b!)));
  });

  it.each([
    { stride: 1, more: 0 },
    { stride: 2, more: 0 },
    { stride: 1, more: 4 },
    { stride: 2, more: 3 },
    { stride: 3, more: 1 },
  ])('a shortcut of stride $stride with $more more maps agrees with tfjs', ({ stride, more }) => {
    const shape = maps();
    const [height = 0, width = 0, channels = 0] = shape;
    const spec = { kind: 'shortcut', name: 'layer', stride, channels: channels + more } as const;
    expectAsAutodiff(runLayer(spec, shape, dice), ([x]) => {
      const every = (cells: number) => tf.range(0, cells, stride, 'int32');
      const cells = tf.gather(tf.gather(x as Tensor4D, every(height), 1), every(width), 2);
      const before = Math.floor(more / 2);
      return tf.pad(cells, [
        [0, 0],
        [0, 0],
        [0, 0],
        [before, more - before],
      ]);
    });
  });

  it('the mean of each whole map agrees with tfjs', () => {
    const run = runLayer({ kind: 'global-average', name: 'layer' }, maps(), dice);
    expectAsAutodiff(run, ([x]) => tf.mean(x!, [1, 2]));
  });

  it('an RBF layer gives the negative squared distances to its codes', () => {
    const codes = Array.from({ length: 4 }, () => Array.from({ length: 9 }, () => dice.whole(0, 1) * 2 - 1));
    const run = runLayer({ kind: 'rbf', name: 'layer', codes }, [9], dice);
    expectAsFormula(run, ({ values }) =>
      Array.from({ length: batch }, (_, image) => negativeDistances(values.subarray(image * 9), codes)).flat(),
    );
  });
});
