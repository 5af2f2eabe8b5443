import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { describe, expect, it } from 'vitest';
import { activations, type Activation, type LayerSpec } from '../../../../shared/network/spec.ts';
import { trace } from '../../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../../shared/tensor/shape.ts';
import { loadTensorFlow } from '../../tensorflow.ts';
import { Arithmetic } from '../arithmetic.ts';
import { float32, Graph } from '../graph.ts';
import { NativeGraph } from '../native.ts';
import { forward } from './index.ts';

const { tf } = loadTensorFlow('cpu');
const batch = 3;

function reference(activation: Activation, z: Tensor): Tensor {
  switch (activation) {
    case 'none':
      return z;
    case 'logistic':
      return tf.sigmoid(z);
    case 'tanh':
      return tf.tanh(z);
    case 'scaled-tanh':
      return tf.mul(tf.tanh(tf.mul(z, 2 / 3)), 1.7159);
    case 'relu':
      return tf.relu(z);
    default:
      return activation satisfies never;
  }
}

function referenceLayer(spec: LayerSpec, x: Tensor, weights: readonly Tensor[]): Tensor {
  switch (spec.kind) {
    case 'conv':
      return reference(
        spec.activation,
        tf.add(tf.conv2d(x as Tensor4D, weights[0] as Tensor4D, spec.stride, spec.padding), weights[1]!),
      );
    case 'pool': {
      const pool = spec.method === 'max' ? tf.maxPool : tf.avgPool;
      return pool(x as Tensor4D, spec.size, spec.stride, 'valid');
    }
    case 'flatten':
      return tf.reshape(x, [batch, -1]);
    case 'dense':
      return reference(spec.activation, tf.add(tf.matMul(x as Tensor2D, weights[0] as Tensor2D), weights[1]!));
    default:
      return spec satisfies never;
  }
}

/** Largest difference over the largest number of the reference. */
function relativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  expect(ours.length).toBe(theirs.length);
  let difference = 0;
  let largest = 0;
  for (let index = 0; index < theirs.length; index++) {
    difference = Math.max(difference, Math.abs(ours[index]! - theirs[index]!));
    largest = Math.max(largest, Math.abs(theirs[index]!));
  }
  return difference / largest;
}

/** One layer with its forward and backward, ours beside tfjs's own, on fresh random inputs. */
async function errors(spec: LayerSpec, shape: Shape, seed: number): Promise<Record<string, number>> {
  // The trace wants a whole network: what follows the layer gives one logit.
  const flat: LayerSpec = { kind: 'flatten', name: 'flat' };
  const network = shape.length === 3 ? [spec, ...(spec.kind === 'flatten' ? [] : [flat])] : [flat, spec];
  const input: [number, number, number] = shape.length === 3 ? (shape as [number, number, number]) : [1, 1, shape[0]!];
  const layer = trace({ id: 't', title: 't', year: 0, source: '', departures: [], input, layers: network }).layers.find(
    (traced) => traced.spec === spec,
  )!;
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const place = (name: string, dims: Shape) => ({ tensor: graph.placeholder(name, float32, dims), shape: dims });
  const x = place('x', [batch, ...shape]);
  const cotangent = place('cotangent', [batch, ...layer.output]);
  const weights = layer.weights.map((weight) => place(weight.name, weight.shape));
  const pass = forward({ math, layer, input: x.tensor, weights: weights.map(({ tensor }) => tensor), batch });
  const back = pass.backward(cotangent.tensor, true);
  const named = Object.fromEntries(weights.map((weight, index) => [`w${index}`, weight]));
  graph.signature(
    'check',
    { x, cotangent, ...named },
    {
      y: { tensor: pass.output, shape: cotangent.shape },
      dx: { tensor: back.input!, shape: x.shape },
      ...Object.fromEntries(back.weights.map((tensor, i) => [`d${i}`, { tensor, shape: weights[i]!.shape }])),
    },
  );
  const native = await NativeGraph.load(tf, graph.toSavedModel());
  const draw = (dims: Shape, stream: number): Tensor => tf.randomUniform([...dims], -1, 1, 'float32', seed + stream);
  const tensors = { x: draw(x.shape, 1), cotangent: draw(cotangent.shape, 2) };
  const weightTensors = weights.map(({ shape: dims }, index) => draw(dims, 3 + index));
  const feed = (tensor: Tensor) => ({ values: tensor.dataSync<'float32'>().slice(), shape: tensor.shape });
  const ours = native.call('check', {
    x: feed(tensors.x),
    cotangent: feed(tensors.cotangent),
    ...Object.fromEntries(weightTensors.map((tensor, index) => [`w${index}`, feed(tensor)])),
  });
  native.dispose();
  const y = referenceLayer(spec, tensors.x, weightTensors);
  const gradients = tf.grads((...[image, ...rest]: Tensor[]) => referenceLayer(spec, image!, rest))(
    [tensors.x, ...weightTensors],
    tensors.cotangent,
  );
  const result: Record<string, number> = { y: relativeError(ours['y']!, y.dataSync()) };
  gradients.forEach((gradient, index) => {
    const name = index === 0 ? 'dx' : `d${index - 1}`;
    result[name] = relativeError(ours[name]!, gradient.dataSync());
  });
  expect(sizeOf(layer.output) * batch).toBe(ours['y']!.length);
  return result;
}

const seed = Math.floor(Math.random() * 1e6);

describe(`forward and backward agree with tfjs autodiff (seed ${seed})`, () => {
  const cases: [string, LayerSpec, Shape][] = [
    ...activations.map((activation): [string, LayerSpec, Shape] => [
      `dense, ${activation}`,
      { kind: 'dense', name: 'layer', units: 7, activation },
      [11],
    ]),
    ...(['valid', 'same'] as const).flatMap((padding) =>
      [1, 2].map((stride): [string, LayerSpec, Shape] => [
        `conv, ${padding}, stride ${stride}`,
        { kind: 'conv', name: 'layer', filters: 5, size: 3, stride, padding, activation: 'tanh' },
        [9, 8, 3],
      ]),
    ),
    ...(['max', 'average'] as const).flatMap((method) =>
      [
        [2, 2],
        [3, 2],
      ].map(([size = 0, stride = 0]): [string, LayerSpec, Shape] => [
        `pool, ${method}, ${size}/${stride}`,
        { kind: 'pool', name: 'layer', method, size, stride },
        [8, 6, 4],
      ]),
    ),
    ['flatten', { kind: 'flatten', name: 'layer' }, [4, 5, 2]],
  ];
  it.each(cases)('%s', async (_name, spec, shape) => {
    for (const [what, error] of Object.entries(await errors(spec, shape, seed))) {
      expect(error, what).toBeLessThanOrEqual(1e-4);
    }
  });
});
