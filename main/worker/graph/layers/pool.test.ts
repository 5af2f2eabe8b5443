import type { Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, it } from 'vitest';
import { averagePooling } from '../../../../shared/math/subsampling.ts';
import { activations, type Padding, type PoolSpec } from '../../../../shared/network/spec.ts';
import { runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { activated, expectAsAutodiff, expectAsFormula } from '../testing/references.ts';
import { tf } from '../testing/run-graph.ts';

const dice = new Dice();
const windows = [
  [2, 2],
  [3, 2],
  [3, 1],
  [2, 3],
] as const;

describe(`pooling (seed ${dice.seed})`, () => {
  const shape = () => [dice.whole(6, 9), dice.whole(6, 9), dice.whole(1, 4)];
  const spec = (change: Partial<PoolSpec>): PoolSpec => {
    return { kind: 'pool', name: 'layer', method: 'max', size: 2, stride: 2, ...change };
  };

  describe('keeps the largest, as tfjs does', () => {
    const paddings: Padding[] = ['valid', 'same', [1, 0]];
    it.each(paddings.flatMap((padding) => windows.map(([size, stride]) => ({ padding, size, stride }))))(
      '$size/$stride, $padding',
      (change) => {
        const { padding, size, stride } = change;
        expectAsAutodiff(runLayer(spec(change), shape(), dice), ([x]) => {
          if (typeof padding === 'string') return tf.maxPool(x as Tensor4D, size, stride, padding);
          // Every number of the test is larger than −2.
          const around: [number, number] = [padding[0], padding[1]];
          const padded = tf.pad(x as Tensor4D, [[0, 0], around, around, [0, 0]], -2);
          return tf.maxPool(padded, size, stride, 'valid');
        });
      },
    );
  });

  describe('averages the cells that are there', () => {
    const paddings: Padding[] = ['valid', 'same', [1, 0], [1, 1]];
    it.each(paddings.flatMap((padding) => windows.map(([size, stride]) => ({ padding, size, stride }))))(
      '$size/$stride, $padding',
      ({ padding, size, stride }) => {
        const run = runLayer(spec({ method: 'average', padding, size, stride }), shape(), dice);
        expectAsFormula(run, (maps) => averagePooling(maps, { size, stride, padding }).values);
      },
    );

    it.each([
      ['few', () => dice.whole(1, 16)],
      ['many', () => dice.whole(17, 20)],
    ] as const)('windows side by side that cover the maps, %s maps', (_name, maps) => {
      const run = runLayer(spec({ method: 'average', size: 3, stride: 3 }), [9, 6, maps()], dice);
      expectAsAutodiff(run, ([x]) => tf.avgPool(x as Tensor4D, 3, 3, 'valid'));
    });
  });

  it.each(activations)('is followed by %s', (activation) => {
    expectAsAutodiff(runLayer(spec({ activation }), shape(), dice), ([x]) =>
      activated(activation, tf.maxPool(x as Tensor4D, 2, 2, 'valid')),
    );
  });
});
