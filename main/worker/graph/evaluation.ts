import { frameLayout } from '../../../shared/frame/layout.ts';
import type { Loss } from '../../../shared/network/spec.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { augment, type Augmentation } from './augment.ts';
import { packFrame } from './frame.ts';
import { float32, int32, type Output } from './graph.ts';
import { countAmong, countRight, lossOf } from './loss.ts';
import type { Parameters } from './parameters.ts';
import { scaledPixels } from './pixels.ts';
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
const guesses = 5;

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
    const best = Math.min(guesses, classes);
    return math.pack([loss.sum, countRight(math, logits, labels), countAmong(math, logits, labels, best)], 0);
  });
  return math.sum(sums);
}

/** The frame of one image, int32 words as `packFrame` lays them; `pixels` int32 [H·W·C], 0–255, of the network's input size. */
export function look(math: Arithmetic, parts: Pick<EvaluationParts, 'trace' | 'parameters'>, pixels: Output): Output {
  const { trace, parameters } = parts;
  const { input, pixels: scale, loss = 'cross-entropy' } = trace.spec;
  const image = scaledPixels(math, math.reshape(pixels, [1, ...input]), scale);
  const weights = parameters.read();
  const { outputs, logits } = evaluationPass(math, parts, weights)(image);
  const layout = frameLayout(trace);
  const sources = layout.parts.map((part) => {
    if (part.part === 'input') return image;
    if (part.part === 'scores') return scores(math, loss, logits);
    const index = trace.layers.findIndex((layer) => layer.spec.name === part.layer);
    return part.part === 'kernels' ? weights[index]![0]! : outputs[index]!;
  });
  return packFrame(math, layout, sources);
}

/** The network as it answers: no dropout, running moments. */
function evaluationPass(
  math: Arithmetic,
  { trace, parameters }: Pick<EvaluationParts, 'trace' | 'parameters'>,
  weights = parameters.read(),
): (images: Output) => Pass {
  const state = parameters.readState();
  return (images) => runLayers(math, { trace, images, weights, state, training: null, batch: null });
}

/** A number from 0 to 1 a class: probabilities by softmax, or how near a tanh unit is to its +1. */
function scores(math: Arithmetic, loss: Loss, logits: Output): Output {
  switch (loss) {
    case 'cross-entropy':
    case 'rbf':
      return math.graph.op('Softmax', [logits], { T: { type: float32 } });
    case 'mean-squared-error':
      return math.scale(math.add(logits, math.graph.number(1)), 0.5);
    default:
      return loss satisfies never;
  }
}
