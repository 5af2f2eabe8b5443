import { type Shape, sizeOf } from '../tensor/shape.ts';
import { layerFacts, type LayerFacts, type LayerSource, type NamedShape } from './layers/index.ts';
import { requireInitialiser } from './layers/initialiser.ts';
import { NetworkError } from './network-error.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

/** A layer with all that its spec implies. */
export type TracedLayer = {
  readonly spec: LayerSpec;
  /** Its place in the network's `layers`. */
  readonly index: number;
  /** The layers it reads, by index; −1 is the image. Two for `add` (`from`, then `with`), one for all others. */
  readonly inputs: readonly number[];
  /** The layers that read it, by index; none for the last layer. */
  readonly readers: readonly number[];
  readonly input: Shape;
  readonly output: Shape;
  /**
   * Trainable tensors in order: HWIO kernel [size, size, inputs / groups, filters] and bias [filters], or [rows, columns, filters]
   * with one a unit (conv); kernel [in, out] and bias (dense); coefficient and bias (subsample); scale and shift (batch-norm).
   * With a connection table the kernel is stored whole.
   */
  readonly weights: readonly NamedShape[];
  /** Tensors that training changes but no gradient does: the running mean and variance of batch-norm. */
  readonly state: readonly NamedShape[];
  /** Trainable numbers; of a kernel with a connection table only those that the table names. */
  readonly parameters: number;
  /**
   * Links into sums, as LeCun et al. (1989, 1998) count them: one for each input cell and each bias a unit reads. The padding
   * of a convolution counts (768 × 26 in H1 of 1989); a coefficient does not, its window does (5,880 in S2 of 1998); padding that
   * pooling skips does not. Layers that go cell by cell (LRN, batch-norm, dropout, add, shortcut) have none.
   */
  readonly connections: number;
  /** Multiplications and additions for one image, in evaluation, without biases and activations. */
  readonly flops: number;
  /** Cells with a sum of their own: what papers count as units. */
  readonly units: number;
  /** Side, in input pixels, of the square that one output cell sees; at most the image's longer side. */
  readonly receptiveField: number;
  /** Numbers that one unit reads; with a connection table the mean over filters. */
  readonly fanIn: number;
};

/** A spec with its shapes. */
export type NetworkTrace = {
  readonly spec: NetworkSpec;
  readonly layers: readonly TracedLayer[];
  readonly classes: number;
  readonly parameters: number;
  /** Numbers in all `weights` tensors: more than `parameters` where a connection table leaves some of a kernel unread. */
  readonly storedWeights: number;
  readonly connections: number;
  readonly flops: number;
  /** Without the input's pixels. */
  readonly units: number;
};

/**
 * Derives every shape and count of a network.
 * @throws NetworkError naming the first layer that cannot work, and why.
 */
export function trace(spec: NetworkSpec): NetworkTrace {
  requireNetwork(spec);
  const image: LayerSource = { name: 'the image', shape: spec.input, field: { low: 0, high: 0, jump: 1 } };
  const side = Math.max(spec.input[0], spec.input[1]);
  const sources: LayerSource[] = [];
  const traced: Omit<TracedLayer, 'readers'>[] = [];
  for (const [index, layer] of spec.layers.entries()) {
    requireName(spec.layers, index);
    const inputs = inputsOf(spec.layers, index);
    const [source = image, other] = inputs.map((input) => sources[input] ?? image);
    const facts = layerFacts(layer, source, other);
    sources.push({ name: layer.name, shape: facts.output, field: facts.field });
    traced.push({ spec: layer, index, inputs, input: source.shape, ...withoutField(facts, side) });
  }
  const layers = traced.map((layer, index) => {
    const readers = traced.filter(({ inputs }) => inputs.includes(index)).map((reader) => reader.index);
    if (readers.length === 0 && index < traced.length - 1) {
      throw new NetworkError(
        layer.spec.name,
        'No later layer reads what it gives: name it in a "from" or leave it out',
      );
    }
    return { ...layer, readers };
  });
  const last = layers[layers.length - 1]!;
  requireLast(spec, last);
  return {
    spec,
    layers,
    classes: last.output[0]!,
    parameters: total(layers, (layer) => layer.parameters),
    storedWeights: total(layers, ({ weights }) => weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0)),
    connections: total(layers, (layer) => layer.connections),
    flops: total(layers, (layer) => layer.flops),
    units: total(layers, (layer) => layer.units),
  };
}

function withoutField({ field, ...facts }: LayerFacts, side: number) {
  return { ...facts, receptiveField: Math.min(field.high - field.low + 1, side) };
}

function total(layers: readonly TracedLayer[], count: (layer: TracedLayer) => number): number {
  return layers.reduce((sum, layer) => sum + count(layer), 0);
}

/** The layers that layer `index` reads: `from`, or the one before it, and `with`. */
function inputsOf(layers: readonly LayerSpec[], index: number): readonly number[] {
  const layer = layers[index]!;
  const find = (name: string): number => {
    if (name === 'input') return -1;
    const found = layers.findIndex((other) => other.name === name);
    if (found < 0) throw new NetworkError(layer.name, `It reads ${name}, but no layer has that name`);
    if (found >= index)
      throw new NetworkError(layer.name, `It reads ${name}, which does not come before it: move it back`);
    return found;
  };
  const from = layer.from === undefined ? index - 1 : find(layer.from);
  return layer.kind === 'add' ? [from, find(layer.with)] : [from];
}

function requireName(layers: readonly LayerSpec[], index: number): void {
  const { name } = layers[index]!;
  if (!/^[A-Za-z][\w-]*$/.test(name)) {
    throw new NetworkError(name, 'A layer’s name starts with a letter and holds letters, digits, - and _');
  }
  if (name === 'input') throw new NetworkError(name, 'This name stands for the image: give the layer another');
  if (layers.findIndex((layer) => layer.name === name) < index)
    throw new NetworkError(name, 'Two layers have this name');
}

function requireNetwork({ title, input, pixels, initialiser, layers }: NetworkSpec): void {
  if (layers.length === 0) throw new NetworkError(title, 'A network needs at least one layer');
  for (const length of input) {
    if (!Number.isInteger(length) || length < 1) {
      throw new NetworkError('input', `An image of ${input.join('×')} cannot be: give whole numbers above zero`);
    }
  }
  requireInitialiser(title, initialiser);
  if (pixels?.kind === 'range' && !(Number.isFinite(pixels.low) && Number.isFinite(pixels.high))) {
    throw new NetworkError('input', 'The pixel range needs two numbers, for 0 and for 255');
  }
  if (pixels?.kind !== 'standardised') return;
  for (const [name, values] of Object.entries({ mean: pixels.mean, deviation: pixels.deviation })) {
    if (values.length !== input[2] || !values.every(Number.isFinite)) {
      throw new NetworkError('input', `The pixels’ ${name} needs one number for each of the ${input[2]} channels`);
    }
  }
  if (!pixels.deviation.every((deviation) => deviation > 0)) {
    throw new NetworkError('input', 'Pixels are divided by their deviation: give numbers above zero');
  }
}

function requireLast({ loss }: NetworkSpec, { spec, output }: TracedLayer): void {
  if (output.length !== 1) {
    throw new NetworkError(spec.name, 'The last layer must give one number a class: add flatten and dense');
  }
  if (loss === 'rbf' && spec.kind !== 'rbf') {
    throw new NetworkError(
      spec.name,
      'The RBF loss measures distances to codes: end with an RBF layer or choose another loss',
    );
  }
}

export type { NamedShape } from './layers/index.ts';
export { NetworkError } from './network-error.ts';

/**
 * Multiplications and additions of a training step for each image: forward, and backward by weights and by inputs. The first layer with weights has no
 * backward by its input: nobody asks what the image should have been.
 */
export function trainingFlops({ layers, flops }: NetworkTrace): number {
  const first = layers.find(({ weights }) => weights.length > 0);
  return 3 * flops - (first?.flops ?? 0);
}
