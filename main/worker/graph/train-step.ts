import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { augment, type Augmentation } from './augment.ts';
import { int32, type Node, type Output } from './graph.ts';
import { countRight, lossOf } from './loss.ts';
import type { ByLayer, Parameters } from './parameters.ts';
import type { ResidentImages } from './resident.ts';
import { type Back, runLayers } from './run-layers.ts';

export type StepParts = {
  readonly trace: NetworkTrace;
  readonly parameters: Parameters;
  readonly train: ResidentImages;
  /** HWC of the images as they are stored. */
  readonly imageShape: Shape;
  readonly augmentation: Augmentation;
  /** The variable with the epoch's order. */
  readonly order: Output;
  readonly batch: number;
  readonly towers: number;
};

/** Which step: int32 scalars. */
export type StepPlace = {
  /** Where in the order the batch begins. */
  readonly position: Output;
  /** Steps done before: what random numbers are drawn for. */
  readonly step: Output;
  readonly seed: Output;
};

export type TrainStep = {
  /** Losses and right answers of the batch, [2]. */
  readonly sums: Output;
  /** One a tower; the sum of their gradients is the batch's. */
  readonly towers: readonly Back[];
  /** What each layer gives, one a tower. */
  readonly outputs: readonly (readonly Output[])[];
  /** New state of each layer, one a tower. */
  readonly states: readonly ByLayer[];
};

/** One step's forward and backward, in towers side by side, with what is read as it is once `after` has run. */
export function trainStep(math: Arithmetic, parts: StepParts, place: StepPlace, after: readonly Node[]): TrainStep {
  const { trace, parameters, train, imageShape, augmentation, batch, towers } = parts;
  const { graph } = math;
  const weights = parameters.read(after);
  const state = parameters.readState(after);
  const order = graph.op('ReadVariableOp', [parts.order], { dtype: { type: int32 } }, { types: [int32], after });
  const share = batch / towers;
  const passes = Array.from({ length: towers }, (_, tower) => {
    const first = tower * share;
    const from = math.add(place.position, graph.integer(first));
    const gathered = train.gather(math.rows(order, from, math.add(from, graph.integer(share))), after);
    const { labels } = gathered;
    const training = { seed: place.seed, step: place.step, first };
    const images = augment(math, augmentation, { images: gathered.images, shape: imageShape, batch: share, training });
    const pass = runLayers(math, { trace, images, weights, state, training, batch: share });
    const { classes, spec } = trace;
    const loss = lossOf(spec.loss ?? 'cross-entropy', { math, logits: pass.logits, labels, classes, batch });
    return {
      sums: math.pack([loss.sum, countRight(math, pass.logits, labels)], 0),
      back: pass.backward(loss.gradient),
      outputs: pass.outputs,
      state: pass.state,
    };
  });
  return {
    sums: math.sum(passes.map(({ sums }) => sums)),
    towers: passes.map(({ back }) => back),
    outputs: passes.map(({ outputs }) => outputs),
    states: passes.map((pass) => pass.state),
  };
}
