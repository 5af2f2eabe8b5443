import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, expect, it } from 'vitest';
import { trace } from '../../../shared/network/shapes.ts';
import type { LayerSpec, NetworkSpec } from '../../../shared/network/spec.ts';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import { Arithmetic } from './arithmetic.ts';
import { float32, Graph } from './graph.ts';
import { runLayers } from './run-layers.ts';
import { Dice } from './testing/dice.ts';
import { expectClose } from './testing/references.ts';
import { runGraph, tf } from './testing/run-graph.ts';

const dice = new Dice();
const batch = 2;

function network(layers: readonly LayerSpec[]): NetworkSpec {
  return { id: 'test', title: 'Test', year: 0, source: '', departures: [], input: [6, 6, 2], layers };
}

const conv = (name: string, filters: number, stride: number, from?: string): LayerSpec => ({
  kind: 'conv',
  name,
  filters,
  size: 3,
  stride,
  padding: 'same',
  activation: 'tanh',
  ...(from === undefined ? {} : { from }),
});

describe(`a network with branches (seed ${dice.seed})`, () => {
  const residual = trace(
    network([
      conv('stem', 3, 1),
      conv('a', 5, 2),
      { kind: 'shortcut', name: 'short', from: 'stem', stride: 2, channels: 5 },
      { kind: 'add', name: 'block', from: 'a', with: 'short', activation: 'tanh' },
      conv('b', 2, 2, 'input'),
      { kind: 'add', name: 'double', from: 'block', with: 'block', activation: 'none' },
      { kind: 'conv', name: 'c', filters: 2, size: 1, stride: 1, padding: 'valid', activation: 'none' },
      { kind: 'add', name: 'join', from: 'c', with: 'b', activation: 'tanh' },
      { kind: 'global-average', name: 'mean' },
      { kind: 'dense', name: 'last', units: 4, activation: 'none' },
    ]),
  );

  it('gives each layer the gradients of all that read it, as tfjs does', () => {
    const images = dice.numbers(batch * sizeOf(residual.spec.input));
    const weights = residual.layers.map((layer) =>
      layer.weights.map(({ shape }) => ({ shape, values: dice.numbers(sizeOf(shape)) })),
    );
    const cotangent = dice.numbers(batch * 4);
    const made: Record<string, Float32Array> = runGraph((math, place) => {
      const pass = runLayers(math, {
        trace: residual,
        images: place(images, [batch, ...residual.spec.input]),
        weights: weights.map((layer) => layer.map(({ shape, values }) => place(values, shape))),
        state: residual.layers.map(() => []),
        training: null,
        batch,
      });
      const gradients = pass.backward(place(cotangent, [batch, 4])).gradients.flat();
      return {
        logits: pass.logits,
        ...Object.fromEntries(gradients.map((gradient, index) => [`d${index}`, gradient])),
      };
    });

    const same = (x: unknown, kernel: unknown, bias: unknown, stride: number) =>
      tf.tanh(tf.add(tf.conv2d(x as Tensor4D, kernel as Tensor4D, stride, 'same'), bias as Tensor4D));
    const x = tf.tensor4d(images, [batch, 6, 6, 2]);
    const reference = (...w: unknown[]) => {
      const stem = same(x, w[0], w[1], 1);
      const a = same(stem, w[2], w[3], 2);
      const cells = tf.gather(tf.gather(stem, [0, 2, 4], 1), [0, 2, 4], 2);
      const short = tf.pad(cells, [
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 1],
      ]);
      const block = tf.tanh(tf.add(a, short));
      const b = same(x, w[4], w[5], 2);
      const double: Tensor4D = tf.add(block, block);
      const c = tf.add(tf.conv2d(double, w[6] as Tensor4D, 1, 'valid'), w[7] as Tensor4D);
      const mean: Tensor2D = tf.mean(tf.tanh(tf.add(c, b)), [1, 2]);
      return tf.add(tf.matMul(mean, w[8] as Tensor2D), w[9] as Tensor2D);
    };
    const tensors = weights.flat().map(({ shape, values }) => tf.tensor(values, [...shape]));
    expectClose('logits', made['logits']!, reference(...tensors).dataSync());
    const gradients = tf.grads(reference)(tensors, tf.tensor(cotangent, [batch, 4]));
    expect(gradients).toHaveLength(10);
    gradients.forEach((gradient, index) => expectClose(`weight ${index}`, made[`d${index}`]!, gradient.dataSync()));
  });
});

describe('going backwards', () => {
  it('leaves out all that has nothing to learn', () => {
    const graph = new Graph();
    const traced = trace(
      network([
        { kind: 'pool', name: 'pool', method: 'max', size: 2, stride: 2 },
        { kind: 'flatten', name: 'flat' },
        { kind: 'dense', name: 'last', units: 3, activation: 'none' },
      ]),
    );
    const pass = runLayers(new Arithmetic(graph), {
      trace: traced,
      images: graph.placeholder('images', float32, [batch, 6, 6, 2]),
      weights: traced.layers.map(({ weights }) =>
        weights.map(({ name, shape }) => graph.placeholder(name, float32, shape)),
      ),
      state: traced.layers.map(() => []),
      training: null,
      batch,
    });
    const { gradients, readers } = pass.backward(graph.placeholder('gradient', float32, [batch, 3]));
    expect(readers.flat()).toEqual([]);
    expect(gradients.map((layer) => layer.length)).toEqual([0, 0, 2]);
    expect(Buffer.from(graph.written().savedModel).includes('MaxPoolGrad')).toBe(false);
  });
});
