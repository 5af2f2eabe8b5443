import type { Tensor, Tensor4D } from '@tensorflow/tfjs-node-gpu';
import { afterAll, describe, expect, it } from 'vitest';
import { frameLayout, planeOf, rangeOf, valueFromByte } from '../../shared/frame/layout.ts';
import { type FrameView, kernelViews, mapViews, wholeView } from '../../shared/frame/view.ts';
import type { LayerSpec } from '../../shared/network/spec.ts';
import { compiled } from './graph/testing/compiled.ts';
import { Dice } from './graph/testing/dice.ts';
import { expectClose } from './graph/testing/references.ts';
import { tf } from './graph/testing/run-graph.ts';
import { type LookedAt, Looks } from './looks.ts';
import { Weights } from './weights.ts';

const dice = new Dice();

const layers: readonly LayerSpec[] = [
  { kind: 'conv', name: 'A', filters: 4, size: 3, stride: 1, padding: 'same', activation: 'relu' },
  { kind: 'pool', name: 'P', method: 'max', size: 2, stride: 2 },
  { kind: 'conv', name: 'B', filters: 4, size: 3, stride: 1, padding: 'same', bias: 'none', activation: 'none' },
  { kind: 'batch-norm', name: 'N', momentum: 0.9, epsilon: 1e-3, activation: 'relu' },
  { kind: 'add', name: 'sum', from: 'N', with: 'P', activation: 'relu' },
  { kind: 'flatten', name: 'flat' },
  { kind: 'dense', name: 'D', units: 6, activation: 'scaled-tanh' },
  { kind: 'dropout', name: 'drop', rate: 0.5 },
  { kind: 'dense', name: 'last', units: 3, activation: 'none' },
];
const { graph, trace, images, labels } = compiled({ layers, input: [6, 6, 2] }, dice);
const looks = new Looks(graph, trace);
const weights = new Weights(graph, trace);
const names = layers.map(({ name }) => name);

// Moments that do something, and biases that are not zero.
weights.loader(
  [...weights.all()].map((tensor) => ({
    ...tensor,
    values: dice.numbers(tensor.values.length).map((value) => (tensor.name === 'N/variance' ? value + 1.5 : value)),
  })),
)();

const one = (index: number, label = labels[index]!): LookedAt => ({
  pixels: Int32Array.from(images[index]!),
  labels: Int32Array.of(label),
});
const several = (...indices: number[]): LookedAt => ({
  pixels: Int32Array.from(indices.flatMap((index) => [...images[index]!])),
  labels: Int32Array.from(indices, (index) => labels[index]!),
});

afterAll(() => graph.dispose());

/** The network in tfjs: what each layer's activation is given and what the layer gives, `nudges` being added to the latter. */
function reference(
  image: LookedAt,
  nudges?: Readonly<Record<string, Tensor>>,
  kernels?: Readonly<Record<string, Tensor>>,
) {
  const tensors = Object.fromEntries(
    [...weights.all()].map(({ name, shape, values }) => [name, kernels?.[name] ?? tf.tensor(values, [...shape])]),
  );
  const w = (name: string): Tensor => tensors[name]!;
  const sums: Record<string, Tensor> = {};
  const outputs: Record<string, Tensor> = {};
  const give = (name: string, sum: Tensor, activation: (z: Tensor) => Tensor = (z) => z): Tensor => {
    sums[name] = sum;
    const output = activation(sum);
    return (outputs[name] = nudges ? tf.add(output, nudges[name]!) : output);
  };
  const same = (x: Tensor, kernel: Tensor): Tensor => tf.conv2d(x as Tensor4D, kernel as Tensor4D, 1, 'same');
  const input = tf.tensor4d(
    Float32Array.from(image.pixels, (byte) => byte / 255),
    [1, 6, 6, 2],
  );
  const a = give('A', tf.add(same(input, w('A/kernel')), w('A/bias')), (z) => tf.relu(z));
  const p = give('P', tf.maxPool(a as Tensor4D, 2, 2, 'valid'));
  const b = give('B', same(p, w('B/kernel')));
  const deviation = tf.sqrt(tf.add(w('N/variance'), 1e-3));
  const normalised = tf.add(tf.mul(tf.div(tf.sub(b, w('N/mean')), deviation), w('N/scale')), w('N/shift'));
  const n = give('N', normalised, (z) => tf.relu(z));
  const sum = give('sum', tf.add(n, p), (z) => tf.relu(z));
  const flat = give('flat', tf.reshape(sum, [1, -1]));
  const dense = (x: Tensor, name: string): Tensor =>
    tf.add(tf.matMul(x as never, w(`${name}/kernel`) as never), w(`${name}/bias`));
  const d = give('D', dense(flat, 'D'), (z) => tf.mul(tf.tanh(tf.mul(z, 2 / 3)), 1.7159));
  const drop = give('drop', d);
  const logits = give('last', dense(drop, 'last'));
  return { sums, outputs, logits };
}

/** The gradients of the cross-entropy by what each layer gives, and by the two kernels. */
function gradients(image: LookedAt) {
  const shapes = trace.layers.map(({ output }) => [1, ...output]);
  const kernels = [...weights.all()].filter(({ name }) => name === 'A/kernel' || name === 'B/kernel');
  const zeros = shapes.map((shape) => tf.zeros(shape));
  const loss = (...given: Tensor[]): Tensor => {
    const nudges = Object.fromEntries(names.map((name, index) => [name, given[index]!]));
    const own = Object.fromEntries(kernels.map(({ name }, index) => [name, given[names.length + index]!]));
    const { logits } = reference(image, nudges, own);
    const target = tf.oneHot(tf.tensor1d([image.labels[0]!], 'int32'), 3);
    return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), target)));
  };
  const at = [...zeros, ...kernels.map(({ shape, values }) => tf.tensor(values, [...shape]))];
  const all = tf.grads(loss)(at);
  return new Map([...names, ...kernels.map(({ name }) => name)].map((name, index) => [name, all[index]!.dataSync()]));
}

describe(`what is read of a layer (seed ${dice.seed})`, () => {
  it('is what tfjs computes, before and after the activation', () => {
    const { sums, outputs } = reference(one(1));
    for (const { spec, output } of trace.layers) {
      const read = looks.activations(one(1), spec.name, 'outputs');
      expect(read.shape).toEqual(output);
      expectClose(spec.name, read.values, outputs[spec.name]!.dataSync());
      expectClose(spec.name, looks.activations(one(1), spec.name, 'sums').values, sums[spec.name]!.dataSync());
    }
  });

  it('is, of the input, its pixels as the network reads them', () => {
    const { shape, values } = looks.activations(one(2), 'input', 'outputs');
    expect(shape).toEqual([6, 6, 2]);
    expectClose(
      'input',
      values,
      Float32Array.from(images[2]!, (byte) => byte / 255),
    );
  });

  it('is the gradient of the loss as tfjs’s autodiff has it', () => {
    const expected = gradients(one(0));
    for (const name of names) {
      expectClose(name, looks.activations(one(0), name, 'gradients').values, expected.get(name)!);
    }
  });

  it('is that of the network’s own best guess where there is no label', () => {
    const logits = looks.activations(one(3), 'last', 'outputs').values;
    const guess = logits.indexOf(Math.max(...logits));
    const [unlabelled, guessed, other] = [-1, guess, (guess + 1) % 3].map(
      (label) => looks.activations(one(3, label), 'A', 'gradients').values,
    );
    expect(unlabelled).toEqual(guessed);
    expect(unlabelled).not.toEqual(other);
  });

  it.each(mapViews)('is the mean where there are several images: %s', (of) => {
    for (const name of names) {
      const singles = [0, 1, 3].map((index) => looks.activations(one(index), name, of).values);
      const mean = Float64Array.from(singles[0]!, (_, at) => singles.reduce((sum, each) => sum + each[at]! / 3, 0));
      expectClose(name, looks.activations(several(0, 1, 3), name, of).values, mean);
    }
  });
});

describe(`a frame (seed ${dice.seed})`, () => {
  const views = mapViews.flatMap((maps) => kernelViews.map((kernels) => ({ maps, kernels })));
  const chosen = [[], ['A'], ['B'], ['last', 'P'], ['sum', 'A', 'N'], ['D'], names];

  it.each(views)('of some layers holds what one of all does: $maps, $kernels', (of) => {
    const all: FrameView = { ...of, layers: null };
    const whole = looks.frame(one(0), all);
    const places = frameLayout(trace, all).parts;
    expect(whole).toHaveLength(frameLayout(trace, all).bytes);
    for (const some of chosen) {
      const view = { ...of, layers: some };
      const frame = looks.frame(one(0), view);
      const layout = frameLayout(trace, view);
      expect(frame).toHaveLength(layout.bytes);
      for (const part of layout.parts) {
        const place = places.find((each) => each.layer === part.layer && each.part === part.part)!;
        for (let plane = 0; plane < part.planes; plane += 1) {
          expect(planeOf(frame, part, plane)).toEqual(planeOf(whole, place, plane));
          expect(rangeOf(frame, part, plane)).toEqual(rangeOf(whole, place, plane));
        }
      }
    }
  });

  it.each(mapViews)('holds the numbers that are read, a byte each: %s', (maps) => {
    const view = { ...wholeView, maps };
    const frame = looks.frame(several(1, 2), view);
    for (const part of frameLayout(trace, view).parts) {
      if (part.part !== 'maps' && part.part !== 'input') continue;
      const { values } = looks.activations(several(1, 2), part.layer, maps);
      for (let plane = 0; plane < part.planes; plane += 1) {
        const own = values.filter((_, at) => part.planes === 1 || at % part.planes === plane);
        const range = rangeOf(frame, part, plane);
        expect(range).toEqual({ min: Math.min(...own), max: Math.max(...own) });
        const bytes = planeOf(frame, part, plane);
        const half = (range.max - range.min) / 510;
        for (const [at, byte] of bytes.entries()) {
          expect(Math.abs(valueFromByte(byte, range) - own[at]!)).toBeLessThanOrEqual(half * 1.001 + 1e-12);
        }
      }
    }
  });

  it('holds the kernels’ gradients as tfjs’s autodiff has them, of several images their mean', () => {
    const view: FrameView = { layers: null, maps: 'outputs', kernels: 'gradients' };
    const frame = looks.frame(several(0, 2), view);
    const [first, second] = [gradients(one(0)), gradients(one(2))];
    for (const name of ['A', 'B']) {
      const part = frameLayout(trace, view).parts.find(({ layer, part: of }) => layer === name && of === 'kernels')!;
      const [a, b] = [first.get(`${name}/kernel`)!, second.get(`${name}/kernel`)!];
      const largest = Math.max(...a.map(Math.abs), ...b.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      for (let plane = 0; plane < part.planes; plane += 1) {
        const own = Array.from(
          { length: 9 },
          (_, at) => (a[at * part.planes + plane]! + b[at * part.planes + plane]!) / 2,
        );
        const range = rangeOf(frame, part, plane);
        expect(Math.abs(range.min - Math.min(...own))).toBeLessThan(1e-4 * largest);
        expect(Math.abs(range.max - Math.max(...own))).toBeLessThan(1e-4 * largest);
        const half = (range.max - range.min) / 510;
        for (const [at, byte] of planeOf(frame, part, plane).entries()) {
          expect(Math.abs(valueFromByte(byte, range) - own[at]!)).toBeLessThan(half * 1.001 + 1e-4 * largest);
        }
      }
    }
  });
});
