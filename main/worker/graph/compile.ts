import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Optimiser } from '../../../shared/training/optimiser.ts';
import { Arithmetic } from './arithmetic.ts';
import type { Augmentation } from './augment.ts';
import { evaluate } from './evaluation.ts';
import { float32, Graph, int32, type Output, type Type, type WrittenGraph } from './graph.ts';
import { look, type LookInputs } from './look.ts';
import { Parameters } from './parameters.ts';
import { ResidentImages } from './resident.ts';
import { statistics } from './statistics.ts';
import { type StepParts, trainStep } from './train-step.ts';

export type CompileOptions = {
  readonly trace: NetworkTrace;
  readonly optimiser: Optimiser;
  readonly augmentation: Augmentation;
  /** Images a step. */
  readonly batch: number;
  /** Parts of a batch that run side by side, each on a thread; must divide the batch. */
  readonly towers: number;
  /** HWC of the images as they are stored: larger than the network's input where `augmentation` crops. */
  readonly imageShape: Shape;
  readonly trainImages: number;
  readonly testImages: number;
};

/**
 * A network as one native graph.
 *
 * Signatures, all in one session (scalars unless a shape stands there):
 * - `initialise` (seed) — fresh weights;
 * - `load_train`, `load_test` (words, labels [N]) — the resident dataset, pixels four bytes to an int32;
 * - `order` (indices [trainImages]) — the epoch's order;
 * - `train` (position, step, seed, learningRates [count], momentum, weightDecay, frozen [tensors]) → sums [2]: a step for each learning
 *   rate, from `position` in the order, `step` steps having been done before; the sum of the images' losses and the number of right answers.
 *   Weight tensors whose `frozen` is 1 stay, and so does what the optimiser remembers of them;
 * - `statistics` (position, step, seed, learningRate, momentum, weightDecay) → numbers: how the layers stand in the step that `train` would take,
 *   as `readStatistics` reads it;
 * - `evaluate` (begin, end) → sums [3] over test images: losses, right answers, right ones among the five best;
 * - `look_frames`, `look_everything` (pixels [images·H·W·C], 0–255, labels [images], wanted, planes, lowest, raw) → words: the frame of `frameLayout`, or some of
 *   its numbers as they are, of the mean over the images; `wantedFor` says what to feed;
 * - `weights` → weights [storedWeights]; `assign` (weights [storedWeights]);
 * - `read_rows` (begins [variables], ends [variables], columns, column) → numbers: some of the weights, `tensorRows` says where a tensor
 *   stands; all of them with 1 and 0, or one of every `columns`;
 * - `write_rows` (begins [variables], ends [variables], numbers) — other weights there, all else as it was;
 * - `state` → state; `assign_state` (state): where layers have any.
 */
export function compile(options: CompileOptions): WrittenGraph {
  const { trace, optimiser, augmentation, batch, towers, imageShape, trainImages, testImages } = options;
  if (batch % towers !== 0) throw new Error(`${towers} towers cannot share a batch of ${batch} equally`);
  const graph = new Graph();
  const math = new Arithmetic(graph);
  const parameters = new Parameters(math, trace, optimiser);
  const stored = { shape: imageShape, scale: trace.spec.pixels };
  const train = new ResidentImages(math, 'train', trainImages, stored);
  const test = new ResidentImages(math, 'test', testImages, stored);
  const order = graph.variable('order', int32, [trainImages]);

  const input = (name: string, type: Type, shape: Shape = []) => ({
    tensor: graph.placeholder(name, type, shape),
    shape,
  });

  const firstSeed = input('first_seed', int32);
  const initialised = parameters.initialise(firstSeed.tensor);
  graph.signature('initialise', { seed: firstSeed }, { done: graph.done(initialised) });

  for (const [name, images, count] of [['train', train, trainImages] as const, ['test', test, testImages] as const]) {
    const words = input(`${name}_words`, int32, [Math.ceil((count * sizeOf(imageShape)) / 4)]);
    const labels = input(`${name}_answers`, int32, [count]);
    const done = graph.done(images.load(words.tensor, labels.tensor));
    graph.signature(`load_${name}`, { words, labels }, { done });
  }

  const indices = input('indices', int32, [trainImages]);
  const assignOrder = graph.effect('AssignVariableOp', [order, indices.tensor], { dtype: { type: int32 } });
  graph.signature('order', { indices }, { done: graph.done([assignOrder]) });

  const place = { position: input('position', int32), step: input('step', int32), seed: input('seed', int32) };
  const learningRates = input('learningRates', float32, [-1]);
  const momentum = input('momentum', float32);
  const weightDecay = input('weightDecay', float32);
  const frozen = input('frozen', int32, [parameters.tensors]);
  const held = parameters.held(frozen.tensor);
  const parts: StepParts = { trace, parameters, train, imageShape, augmentation, order, batch, towers };
  const trained = graph.repeat(
    length(math, learningRates.tensor),
    [graph.constant(float32, [2], [0, 0])],
    ([iteration, sums]) => {
      const position = math.add(place.position.tensor, math.multiply(iteration!, graph.integer(batch)));
      const step = math.add(place.step.tensor, iteration!);
      const taken = trainStep(math, parts, { position, step, seed: place.seed.tensor }, [iteration!]);
      const rates = {
        learningRate: math.element(learningRates.tensor, iteration!),
        momentum: momentum.tensor,
        weightDecay: weightDecay.tensor,
        step,
      };
      const after = parameters.update(taken.towers, taken.states, rates, held, [iteration!]);
      return { next: [math.add(sums!, taken.sums)], after };
    },
  );
  graph.signature(
    'train',
    { ...place, learningRates, momentum, weightDecay, frozen },
    { sums: { tensor: trained[0]!, shape: [2] } },
  );

  const { position, step, seed } = place;
  const probed = trainStep(math, parts, { position: position.tensor, step: step.tensor, seed: seed.tensor }, []);
  const learningRate = input('learningRate', float32);
  const gradients = probed.towers.map((tower) => tower.gradients);
  const rates = { learningRate: learningRate.tensor, momentum: momentum.tensor, weightDecay: weightDecay.tensor };
  const stood = statistics(math, trace, parameters.changes(gradients, { ...rates, step: step.tensor }), probed.outputs);
  graph.signature(
    'statistics',
    { ...place, learningRate, momentum, weightDecay },
    { numbers: { tensor: stood, shape: [-1] } },
  );

  const begin = input('begin', int32);
  const end = input('end', int32);
  const evaluation = { trace, parameters, test, imageShape, augmentation, towers };
  const evaluated = evaluate(math, evaluation, begin.tensor, end.tensor);
  graph.signature('evaluate', { begin, end }, { sums: { tensor: evaluated, shape: [3] } });

  const looked = {
    pixels: input('pixels', int32, [-1]),
    labels: input('labels', int32, [-1]),
    wanted: input('wanted', int32, [-1]),
    planes: input('planes', int32, [-1]),
    lowest: input('lowest', int32),
    raw: input('raw', int32),
  };
  const given = Object.fromEntries(Object.entries(looked).map(([name, { tensor }]) => [name, tensor]));
  for (const [scope, words] of look(math, { trace, parameters }, given as LookInputs)) {
    graph.signature(`look_${scope}`, looked, { words: { tensor: words, shape: [-1] } });
  }

  const begins = input('begins', int32, [parameters.variables]);
  const ends = input('ends', int32, [parameters.variables]);
  const columns = input('columns', int32);
  const column = input('column', int32);
  const rows = parameters.readRows(begins.tensor, ends.tensor, columns.tensor, column.tensor);
  graph.signature('read_rows', { begins, ends, columns, column }, { numbers: { tensor: rows, shape: [-1] } });
  const numbers = input('numbers', float32, [-1]);
  const written = graph.done(parameters.assignRows(begins.tensor, ends.tensor, numbers.tensor));
  graph.signature('write_rows', { begins, ends, numbers }, { done: written });

  const weights = input('new_weights', float32, [parameters.count]);
  graph.signature('assign', { weights }, { done: graph.done(parameters.assignFlat(weights.tensor)) });
  graph.signature('weights', {}, { weights: { tensor: parameters.readFlat(), shape: [parameters.count] } });
  if (parameters.stateCount > 0) {
    const state = input('new_state', float32, [parameters.stateCount]);
    graph.signature('assign_state', { state }, { done: graph.done(parameters.assignFlatState(state.tensor)) });
    graph.signature('state', {}, { state: { tensor: parameters.readFlatState(), shape: [parameters.stateCount] } });
  }
  return graph.written();
}

/** How many numbers a vector has; int32 scalar. */
function length(math: Arithmetic, vector: Output): Output {
  return math.graph.op('Size', [vector], { T: { type: vector.type }, out_type: { type: int32 } }, { types: [int32] });
}
