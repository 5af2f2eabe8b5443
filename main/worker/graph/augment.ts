import type { Shape } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output } from './graph.ts';
import type { Training } from './layers/layer.ts';
import { draw, streams } from './random.ts';

/** What is done to training images, each time anew; everything left out is left alone. */
export type Augmentation = {
  /** `pixels` cells of `fill` are put around an image before it is cut back: alone, a shift of up to so many pixels each way. */
  readonly padding?: { readonly pixels: number; readonly fill: number };
  /** What is cut out; the image's own size if left out. */
  readonly crop?: readonly [height: number, width: number];
  /** Every other image, on average, left to right. */
  readonly flip?: boolean;
  readonly colourNoise?: ColourNoise;
};

/**
 * Σ_k α_k λ_k p_k added to all pixels of an image, α_k from N(0, deviation²): Krizhevsky et al. (2012), §4.1 (deviation 0.1).
 * Values and vectors are those of the covariance of the pixels' channels, in the units of the images given.
 */
export type ColourNoise = {
  readonly deviation: number;
  /** λ. */
  readonly values: readonly number[];
  /** p, one a value, each with a number a channel. */
  readonly vectors: readonly (readonly number[])[];
};

export type AugmentInputs = {
  /** float32, NHWC. */
  readonly images: Output;
  /** HWC, of one image. */
  readonly shape: Shape;
  /** Images in the batch; null where it is not known (evaluation only). */
  readonly batch: number | null;
  /** Null in evaluation: no shift, flip or noise, and the crop from the middle. */
  readonly training: Training | null;
};

/** HWC of what `augment` gives for images of `shape`. */
export function augmentedShape({ crop }: Augmentation, [height = 0, width = 0, channels = 0]: Shape): Shape {
  return [...(crop ?? [height, width]), channels];
}

/**
 * The images as a step of training sees them: a function of (seed, step) and of an image's place in the batch, whatever the number of towers.
 *
 * Shift, crop and flip are one gather of pixels by computed index. Measured, one thread, against a slice an image, two gathers and
 * ImageProjectiveTransformV3: 224² of 32 images of 256²×3, 10.6 ms against 4.3, 16.7 and 35.8; shifts of 128 of 32²×3, 1.9 ms against
 * 1.2, 2.5 and 3.1. Slices would be a node an image, and flips not among them.
 */
export function augment(math: Arithmetic, augmentation: Augmentation, inputs: AugmentInputs): Output {
  const { training, batch } = inputs;
  if (training === null) return middle(math, augmentation, inputs);
  if (batch === null) throw new Error('Augmentation needs a fixed batch size');
  const moved = moves(augmentation) ? move(math, augmentation, inputs, training, batch) : inputs.images;
  return augmentation.colourNoise
    ? recolour(math, augmentation.colourNoise, moved, augmentedShape(augmentation, inputs.shape), training, batch)
    : moved;
}

/** Numbers drawn for an image's place: down, along, flip, and one that makes it a whole count of the generator. */
const numbersForPlace = 4;

function moves({ padding, crop, flip }: Augmentation): boolean {
  return (padding?.pixels ?? 0) > 0 || crop !== undefined || flip === true;
}

function middle(math: Arithmetic, augmentation: Augmentation, { images, shape }: AugmentInputs): Output {
  const [height = 0, width = 0] = shape;
  const [rows, columns] = augmentation.crop ?? [height, width];
  if (rows === height && columns === width) return images;
  const [top, left] = [Math.floor((height - rows) / 2), Math.floor((width - columns) / 2)];
  return math.slice(images, [0, top, left, 0], [-1, rows, columns, -1]);
}

function move(
  math: Arithmetic,
  { padding, crop, flip = false }: Augmentation,
  { images, shape }: AugmentInputs,
  training: Training,
  batch: number,
): Output {
  const { graph } = math;
  const [height = 0, width = 0, channels = 0] = shape;
  const ring = padding?.pixels ?? 0;
  const [rows, columns] = crop ?? [height, width];
  const [paddedHeight, paddedWidth] = [height + 2 * ring, width + 2 * ring];
  const around: readonly [number, number] = [ring, ring];
  const padded = ring > 0 ? math.pad(images, [[0, 0], around, around, [0, 0]], padding?.fill) : images;

  const place = { seed: training.seed, stream: streams.augmentation, step: training.step };
  const drawn = draw(math, 'uniform', place, training.first * numbersForPlace, batch * numbersForPlace);
  const [down, along, side] = math.split(math.reshape(drawn, [batch, numbersForPlace]), numbersForPlace, 1);
  /** A whole number from 0 to below `choices` for each image; [N, 1]. */
  const choose = (uniform: Output, choices: number): Output => math.cast(math.scale(uniform, choices), int32);

  const row = math.add(choose(down!, paddedHeight - rows + 1), graph.constant(int32, [1, rows], counting(rows)));
  const straight = math.add(
    choose(along!, paddedWidth - columns + 1),
    graph.constant(int32, [1, columns], counting(columns)),
  );
  // From column j to column − 1 − j: a mirror is one more distance to go.
  const toMirror = graph.constant(
    int32,
    [1, columns],
    counting(columns).map((column) => columns - 1 - 2 * column),
  );
  const column = flip ? math.add(straight, math.multiply(choose(side!, 2), toMirror)) : straight;

  const image = graph.constant(
    int32,
    [batch, 1],
    counting(batch).map((index) => index * paddedHeight * paddedWidth),
  );
  const rowStart = math.add(math.multiply(row, graph.integer(paddedWidth)), image);
  const pixels = math.add(math.reshape(rowStart, [batch, rows, 1]), math.reshape(column, [batch, 1, columns]));
  return graph.op('GatherV2', [math.reshape(padded, [-1, channels]), pixels, graph.integer(0)], {
    Tparams: { type: float32 },
    Tindices: { type: int32 },
    Taxis: { type: int32 },
    batch_dims: { int: 0 },
  });
}

function recolour(
  math: Arithmetic,
  { deviation, values, vectors }: ColourNoise,
  images: Output,
  shape: Shape,
  training: Training,
  batch: number,
): Output {
  const { graph } = math;
  const [height = 0, width = 0, channels = 0] = shape;
  const source = { seed: training.seed, stream: streams.augmentation + 1, step: training.step };
  const drawn = draw(math, 'normal', source, training.first * values.length, batch * values.length);
  const directions = values.flatMap((value, component) =>
    vectors[component]!.map((share) => deviation * value * share),
  );
  const matrix = graph.constant(float32, [values.length, channels], directions);
  const noise = math.matrixProduct(math.reshape(drawn, [batch, values.length]), matrix);
  // A whole row of pixels at a time: to spread three numbers over each pixel takes four times as long.
  const row = graph.op('Tile', [noise, graph.integers([1, width])], {
    T: { type: float32 },
    Tmultiples: { type: int32 },
  });
  const rows = math.reshape(images, [batch, height, width * channels]);
  const recoloured = math.add(rows, math.reshape(row, [batch, 1, width * channels]));
  return math.reshape(recoloured, [batch, height, width, channels]);
}

function counting(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
