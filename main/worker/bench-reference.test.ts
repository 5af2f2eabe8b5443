import type { Tensor, Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, expect, it } from 'vitest';
import { gradientShares } from '../../shared/bench/gradient-routing.ts';
import { initialExperiment } from '../../shared/bench/initial.ts';
import { mapActivations, type MapActivation } from '../../shared/math/activation.ts';
import { correlate, type CorrelateOptions } from '../../shared/math/correlate.ts';
import { plane, type Plane } from '../../shared/math/plane.ts';
import { poolWithWinners } from '../../shared/math/pool.ts';
import { Dice } from '../../shared/random/testing/dice.ts';
import { tf } from './graph/testing/run-graph.ts';

/** The bench's arithmetic beside TensorFlow's own kernels, wherever it has one. */
const dice = new Dice(1989);

function planes(count: number, height: number, width: number): Plane[] {
  return Array.from({ length: count }, () => plane(height, width, dice.numbers(height * width)));
}

/** [1, height, width, channels] */
function batchOf(channels: readonly Plane[]): Tensor4D {
  const layers = channels.map(({ height, width, values }) => tf.tensor2d(values, [height, width]));
  return tf.stack(layers, 2).expandDims(0);
}

/** HWIO with one filter. */
function filterOf(channels: readonly Plane[]): Tensor4D {
  return batchOf(channels).squeeze([0]).expandDims(3);
}

const activations: Record<MapActivation, (sums: Tensor) => Tensor> = {
  none: (sums) => sums,
  relu: (sums) => tf.relu(sums),
  logistic: (sums) => tf.sigmoid(sums),
  tanh: (sums) => tf.tanh(sums),
  abs: (sums) => tf.abs(sums),
};

/** Expects the same shape, and each number within 1e-5 of `size`, what the largest sum of products may come to. */
function expectClose(found: Plane, expected: Tensor, size: number, what: string): void {
  const [, height, width] = expected.shape;
  expect([found.height, found.width], what).toEqual([height, width]);
  const apart = expected.dataSync<'float32'>().reduce((most, value, i) => {
    return Math.max(most, Math.abs(value - found.values[i]!));
  }, 0);
  // Not within a NaN either.
  expect(apart <= 1e-5 * size, `${what}: ${apart} apart, of ${size}`).toBe(true);
}

describe('the bench’s correlation is TensorFlow’s', () => {
  /** Both, on the same random image and kernel; `pad` puts around the image what TensorFlow is to convolve as it is. */
  function compare(options: CorrelateOptions, pad: (image: Tensor4D) => Tensor4D, least: number): void {
    const { stride = 1, padding = 'valid', dilation = 1, bias = 0, activation = 'none', sense } = options;
    const [rows, columns] = [dice.whole(1, 6), dice.whole(1, 6)];
    const extent = (Math.max(rows, columns) - 1) * dilation + 1;
    const image = planes(dice.pick([1, 3]), extent + dice.whole(least, 20), extent + dice.whole(least, 20));
    const kernels = planes(image.length, rows, columns);
    tf.tidy(() => {
      const filter = sense === 'convolution' ? tf.reverse(filterOf(kernels), [0, 1]) : filterOf(kernels);
      const named = typeof padding === 'number' ? 'valid' : padding;
      const sums = tf.conv2d(pad(batchOf(image)), filter, stride, named, 'NHWC', dilation);
      const size = rows * columns * image.length + Math.abs(bias);
      const expected = activations[activation](tf.add(sums, bias));
      expectClose(correlate(image, kernels, options), expected, size, JSON.stringify({ rows, columns, ...options }));
    });
  }
  const asItIs = (image: Tensor4D): Tensor4D => image;

  it.each(['valid', 'same'] as const)('with padding "%s", at every stride', (padding) => {
    for (let turn = 0; turn < 60; turn++) compare({ padding, stride: dice.whole(1, 5) }, asItIs, 0);
  });

  it.each(['valid', 'same'] as const)('with padding "%s", at every dilation', (padding) => {
    for (let turn = 0; turn < 60; turn++) compare({ padding, dilation: dice.whole(1, 4) }, asItIs, 0);
  });

  it('with a mirror image around it', () => {
    for (let turn = 0; turn < 60; turn++) {
      const padding = dice.whole(0, 5);
      const ring: [number, number] = [padding, padding];
      const mirrored = (image: Tensor4D): Tensor4D => tf.mirrorPad(image, [[0, 0], ring, ring, [0, 0]], 'reflect');
      compare({ padding, padMode: 'reflect', stride: dice.whole(1, 4) }, mirrored, 5);
    }
  });

  it('with a number around it', () => {
    for (let turn = 0; turn < 60; turn++) {
      const padding = dice.whole(0, 5);
      const padValue = dice.numbers(1)[0]!;
      const ring: [number, number] = [padding, padding];
      const padded = (image: Tensor4D): Tensor4D => tf.pad(image, [[0, 0], ring, ring, [0, 0]], padValue);
      compare({ padding, padMode: 'value', padValue, stride: dice.whole(1, 4) }, padded, 0);
    }
  });

  it.each(mapActivations)('with a bias and the activation "%s", in either sense', (activation) => {
    for (let turn = 0; turn < 30; turn++) {
      const sense = dice.pick(['correlation', 'convolution'] as const);
      compare({ padding: 'same', bias: dice.numbers(1)[0]!, activation, sense }, asItIs, 0);
    }
  });
});

describe('the bench’s pooling is TensorFlow’s', () => {
  it.each(['max', 'average'] as const)('%s, with and without overlap', (method) => {
    for (let turn = 0; turn < 80; turn++) {
      const [size, stride] = [dice.whole(1, 6), dice.whole(1, 6)];
      const map = planes(1, size + dice.whole(0, 20), size + dice.whole(0, 20))[0]!;
      tf.tidy(() => {
        const of = method === 'max' ? tf.maxPool : tf.avgPool;
        const expected = of(batchOf([map]), size, stride, 'valid');
        const { plane: found } = poolWithWinners(map, { method, size, stride });
        expectClose(found, expected, method === 'max' ? 0 : 1, JSON.stringify({ size, stride }));
      });
    }
  });

  it.each(['max', 'average'] as const)('%s, and sends the gradient where autodiff sends it', (kind) => {
    for (let turn = 0; turn < 40; turn++) {
      const [size, stride] = [dice.whole(1, 5), dice.whole(1, 5)];
      const map = planes(1, size + dice.whole(0, 12), size + dice.whole(0, 12))[0]!;
      const { pooling } = initialExperiment;
      tf.tidy(() => {
        const of = kind === 'max' ? tf.maxPool : tf.avgPool;
        const expected = tf.grad((image) => of(image as Tensor4D, size, stride, 'valid'))(batchOf([map]));
        const pooled = poolWithWinners(map, { method: kind, size, stride });
        const found = gradientShares(map, { kind, ...pooled }, { ...pooling, size, stride });
        expectClose(found, expected, size ** 2, JSON.stringify({ size, stride }));
      });
    }
  });

  it('l2 is the root of the average of squares', () => {
    for (let turn = 0; turn < 40; turn++) {
      const [size, stride] = [dice.whole(1, 6), dice.whole(1, 6)];
      const map = planes(1, size + dice.whole(0, 20), size + dice.whole(0, 20))[0]!;
      tf.tidy(() => {
        const expected = tf.sqrt(tf.avgPool(tf.square(batchOf([map])), size, stride, 'valid'));
        const { plane: found } = poolWithWinners(map, { method: 'l2', size, stride });
        expectClose(found, expected, 1, JSON.stringify({ size, stride }));
      });
    }
  });
});
