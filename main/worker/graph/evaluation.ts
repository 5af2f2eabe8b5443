import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { augment, type Augmentation } from './augment.ts';
import { int32, type Output } from './graph.ts';
import { countAmong, countRight, lossOf } from './loss.ts';
import type { Parameters } from './parameters.ts';
import type { ResidentImages } from './resident.ts';
import { type Pass, runLayers } from './run-layers.ts';

export type EvaluationParts = {
  readonly trace: NetworkTrace;
  readonly parameters: Parameters;
  readonly test: ResidentImages;
  /** HWC of the images as they are stored. */
  readonly imageShape: Shape;
  readonly augmentation: Augmentation;
  readonly towers: number;
};

/** How many guesses a top-5 answer has. */
const mostGuesses = 5;

/** Losses, right answers and right answers among the five best, of the test images from `begin` to before `end` (int32 scalars); [3]. */
export function evaluate(math: Arithmetic, parts: EvaluationParts, begin: Output, end: Output): Output {
  const { graph } = math;
  const { trace, test, imageShape, augmentation, towers } = parts;
  const length = math.subtract(end, begin);
  const edge = (tower: number): Output => {
    const scaled = math.multiply(length, graph.integer(tower));
    const share = graph.op('FloorDiv', [scaled, graph.integer(towers)], { T: { type: int32 } }, { types: [int32] });
    return math.add(begin, share);
  };
  const run = evaluationPass(math, parts);
  const sums = Array.from({ length: towers }, (_, tower) => {
    const stored = test.range(edge(tower), edge(tower + 1));
    const { labels } = stored;
    const images = augment(math, augmentation, {
      images: stored.images,
      shape: imageShape,
      batch: null,
      training: null,
    });
    const { logits } = run(images);
    const { classes, spec } = trace;
    const loss = lossOf(spec.loss ?? 'cross-entropy', { math, logits, labels, classes, batch: 1 });
    const best = Math.min(mostGuesses, classes);
    return math.pack([loss.sum, countRight(math, logits, labels), countAmong(math, logits, labels, best)], 0);
  });
  return math.sum(sums);
}

/** The network as it answers: no dropout, running moments. */
function evaluationPass(math: Arithmetic, { trace, parameters }: EvaluationParts): (images: Output) => Pass {
  const weights = parameters.read();
  const state = parameters.readState();
  return (images) => runLayers(math, { trace, images, weights, state, training: null, batch: null });
}
