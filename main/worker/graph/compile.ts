import { frameLayout } from '../../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import { Arithmetic } from './arithmetic.ts';
import { float32, Graph, int32, type Output, type Type } from './graph.ts';
import { forward } from './layers/index.ts';
import { countRight, softmaxCrossEntropy } from './loss.ts';
import { packFrame } from './frame.ts';
import { Parameters } from './parameters.ts';
import { normalise, ResidentImages } from './resident.ts';

export type CompileOptions = {
  readonly trace: NetworkTrace;
  /** Images a step. */
  readonly batch: number;
  /** Parts of a batch that run side by side, each on a thread; must divide the batch. */
  readonly towers: number;
  readonly trainImages: number;
  readonly testImages: number;
};

/**
 * A network as one native graph: the SavedModel's bytes.
 *
 * Signatures, all in one session (scalars unless a shape stands there):
 * - `initialise` (seed) — fresh weights;
 * - `load_train`, `load_test` (words, labels [N]) — the resident dataset, pixels four bytes to an int32;
 * - `order` (indices [trainImages]) — the epoch's order;
 * - `train` (position, count, learningRate, momentum) → sums [2]: `count` steps from `position` in the order;
 *   the sum of the images' losses and the number of right answers;
 * - `evaluate` (begin, end) → sums [2] over test images;
 * - `look` (pixels [H·W·C], 0–255) → words: the frame of `frameLayout`;
 * - `weights` → weights [parameters]; `assign` (weights [parameters]).
 */
export function compile(options: CompileOptions): Uint8Array {
  const { trace, batch, towers, trainImages, testImages } = options;
  if (batch % towers !== 0) throw new Error(`${towers} towers cannot share a batch of ${batch} equally`);
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const parameters = new Parameters(math, trace);
  const train = new ResidentImages(math, 'train', trainImages, trace.spec.input);
  const test = new ResidentImages(math, 'test', testImages, trace.spec.input);
  const order = graph.variable('order', int32, [trainImages]);

  const input = (name: string, type: Type, shape: Shape = []) => ({
    tensor: graph.placeholder(name, type, shape),
    shape,
  });

  const seed = input('seed', int32);
  graph.signature('initialise', { seed }, { done: graph.done(parameters.initialise(seed.tensor)) });

  for (const [name, images, count] of [['train', train, trainImages] as const, ['test', test, testImages] as const]) {
    const words = input(`${name}_words`, int32, [Math.ceil((count * sizeOf(trace.spec.input)) / 4)]);
    const labels = input(`${name}_answers`, int32, [count]);
    const done = graph.done(images.load(words.tensor, labels.tensor));
    graph.signature(`load_${name}`, { words, labels }, { done });
  }

  const indices = input('indices', int32, [trainImages]);
  const assignOrder = graph.effect('AssignVariableOp', [order, indices.tensor], { dtype: { type: int32 } });
  graph.signature('order', { indices }, { done: graph.done([assignOrder]) });

  const position = input('position', int32);
  const count = input('count', int32);
  const learningRate = input('learningRate', float32);
  const momentum = input('momentum', float32);
  const trained = graph.repeat(count.tensor, [graph.constant(float32, [2], [0, 0])], ([iteration, sums]) => {
    const offset = math.multiply(iteration!, graph.integer(batch));
    const begin = math.add(position.tensor, offset);
    const step = trainStep(math, { trace, parameters, train, order, batch, towers }, begin, iteration!);
    const updated = parameters.update(step.gradients, learningRate.tensor, momentum.tensor);
    return { next: [math.add(sums!, step.sums)], after: [updated] };
  });
  graph.signature('train', { position, count, learningRate, momentum }, { sums: { tensor: trained[0]!, shape: [2] } });

  const begin = input('begin', int32);
  const end = input('end', int32);
  const evaluated = evaluate(math, { trace, parameters, test, towers }, begin.tensor, end.tensor);
  graph.signature('evaluate', { begin, end }, { sums: { tensor: evaluated, shape: [2] } });

  const pixels = input('pixels', int32, [sizeOf(trace.spec.input)]);
  const words = look(math, trace, parameters, pixels.tensor);
  graph.signature('look', { pixels }, { words: { tensor: words, shape: [-1] } });

  const weights = input('new_weights', float32, [parameters.count]);
  graph.signature('assign', { weights }, { done: graph.done(parameters.assign(weights.tensor)) });
  graph.signature('weights', {}, { weights: { tensor: parameters.readFlat(), shape: [parameters.count] } });
  return graph.toSavedModel();
}

type Pass = {
  /** Output of each layer. */
  readonly outputs: readonly Output[];
  readonly logits: Output;
  /** Gradients by each layer's weights, from the gradient by the logits. */
  readonly backward: (byLogits: Output) => readonly (readonly Output[])[];
};

function runLayers(
  math: Arithmetic,
  trace: NetworkTrace,
  images: Output,
  weights: readonly (readonly Output[])[],
  batch: number | null,
): Pass {
  let input = images;
  const passes = trace.layers.map((layer, index) => {
    const pass = forward({ math, layer, input, weights: weights[index]!, batch });
    input = pass.output;
    return pass;
  });
  const firstTrainable = trace.layers.findIndex((layer) => layer.weights.length > 0);
  return {
    outputs: passes.map(({ output }) => output),
    logits: input,
    backward(byLogits) {
      const gradients: (readonly Output[])[] = passes.map(() => []);
      let gradient: Output | null = byLogits;
      for (let index = passes.length - 1; index >= firstTrainable && gradient; index--) {
        const back = passes[index]!.backward(gradient, index > firstTrainable);
        gradients[index] = back.weights;
        gradient = back.input;
      }
      return gradients;
    },
  };
}

type StepParts = {
  readonly trace: NetworkTrace;
  readonly parameters: Parameters;
  readonly train: ResidentImages;
  readonly order: Output;
  readonly batch: number;
  readonly towers: number;
};

/** One step's forward and backward, in towers whose gradients are added. `sums`: losses and right answers, [2]. */
function trainStep(
  math: Arithmetic,
  { trace, parameters, train, order, batch, towers }: StepParts,
  begin: Output,
  after: Output,
): { sums: Output; gradients: readonly (readonly (readonly Output[])[])[] } {
  const { graph } = math;
  const weights = parameters.read([after]);
  const indices = graph.op('ReadVariableOp', [order], { dtype: { type: int32 } }, { types: [int32], after: [after] });
  const share = batch / towers;
  const parts = Array.from({ length: towers }, (_, tower) => {
    const from = math.add(begin, graph.integer(tower * share));
    const to = math.add(from, graph.integer(share));
    const { images, labels } = train.gather(math.rows(indices, from, to), [after]);
    const pass = runLayers(math, trace, images, weights, share);
    const loss = softmaxCrossEntropy(math, pass.logits, labels, batch);
    return {
      loss: loss.sum,
      right: countRight(math, pass.logits, labels),
      gradients: pass.backward(loss.gradient),
    };
  });
  return {
    sums: pair(math, math.sum(parts.map(({ loss }) => loss)), math.sum(parts.map(({ right }) => right))),
    gradients: parts.map(({ gradients }) => gradients),
  };
}

/** Losses and right answers of the test images from `begin` to before `end`, split among the towers; [2]. */
function evaluate(
  math: Arithmetic,
  parts: { trace: NetworkTrace; parameters: Parameters; test: ResidentImages; towers: number },
  begin: Output,
  end: Output,
): Output {
  const { graph } = math;
  const { trace, towers } = parts;
  const weights = parts.parameters.read();
  const length = math.subtract(end, begin);
  const edge = (tower: number): Output => {
    const scaled = math.multiply(length, graph.integer(tower));
    const share = graph.op('FloorDiv', [scaled, graph.integer(towers)], { T: { type: int32 } }, { types: [int32] });
    return math.add(begin, share);
  };
  const sums = Array.from({ length: towers }, (_, tower) => {
    const { images, labels } = parts.test.range(edge(tower), edge(tower + 1));
    const { logits } = runLayers(math, trace, images, weights, null);
    return pair(math, softmaxCrossEntropy(math, logits, labels, 1).sum, countRight(math, logits, labels));
  });
  return math.sum(sums);
}

/** The frame of one image, 0–255 a pixel. */
function look(math: Arithmetic, trace: NetworkTrace, parameters: Parameters, pixels: Output): Output {
  const weights = parameters.read();
  const image = math.reshape(normalise(math, pixels), [1, ...trace.spec.input]);
  const { outputs, logits } = runLayers(math, trace, image, weights, null);
  const layout = frameLayout(trace);
  const sources = layout.parts.map((part) => {
    if (part.part === 'input') return image;
    if (part.part === 'scores') return math.graph.op('Softmax', [logits], { T: { type: float32 } });
    const index = trace.layers.findIndex((layer) => layer.spec.name === part.layer);
    return part.part === 'kernels' ? weights[index]![0]! : outputs[index]!;
  });
  return packFrame(math, layout, sources);
}

function pair(math: Arithmetic, first: Output, second: Output): Output {
  return math.graph.op('Pack', [first, second], { T: { type: float32 }, N: { int: 2 }, axis: { int: 0 } });
}
