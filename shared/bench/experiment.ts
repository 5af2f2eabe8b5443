import * as v from 'valibot';
import { type MapActivation, mapActivations } from '../math/activation.ts';
import { type PadMode, padModes } from '../math/padding.ts';
import { poolingKinds, type PoolingKind } from '../math/pool.ts';

/**
 * The bench's experiment: an image, kernels, an operation, a pooling. All that the bench shows follows from it; it is what is edited,
 * undone, saved and restored.
 */

export const largestSide = 1024;
export const largestKernel = 11;
export const mostKernels = 8;

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const finite = v.pipe(v.number(), v.finite(), v.minValue(-1e6), v.maxValue(1e6));
const name = v.pipe(v.string(), v.maxLength(120));

// ---- the image ----

export const sampleIds = ['boats', 'astronaut', 'coffee', 'cat', 'bricks', 'digits'] as const;
export type SampleId = (typeof sampleIds)[number];

const imageSchema = v.variant('source', [
  v.object({ source: v.literal('sample'), id: v.picklist(sampleIds) }),
  /**
   * Someone's own pixels at their working size, so that a saved experiment needs no other file: what was opened, dropped, pasted, drawn,
   * taken by the camera, or read from a dataset.
   */
  v.object({
    source: v.literal('own'),
    origin: v.picklist(['file', 'paste', 'camera', 'drawing', 'dataset']),
    name,
    height: whole(1, largestSide),
    width: whole(1, largestSide),
    channels: v.picklist([1, 3]),
    /** Rows from the top, each cell's channels side by side, one byte each; base64. */
    pixels: v.pipe(v.string(), v.base64()),
  }),
]);
/** Where the image comes from. */
export type ImageSource = v.InferOutput<typeof imageSchema>;

// ---- the kernels ----

export const kernelPresetIds = [
  'sobel-x',
  'sobel-y',
  'prewitt-x',
  'prewitt-y',
  'scharr-x',
  'scharr-y',
  'roberts-x',
  'roberts-y',
  'laplacian',
  'laplacian-8',
  'log',
  'sharpen',
  'emboss',
  'box',
  'gaussian',
  'gabor',
  'identity',
  'random',
] as const;
export type KernelPresetId = (typeof kernelPresetIds)[number];

export const kernelParametersSchema = v.partial(
  v.object({
    /** Cells along each side. */
    size: whole(1, largestKernel),
    /** Standard deviation of the bell, in cells. */
    sigma: v.pipe(v.number(), v.minValue(0.1), v.maxValue(10)),
    /** Degrees, anticlockwise as one sees it: 0 answers to vertical stripes. */
    angle: v.pipe(v.number(), v.minValue(0), v.maxValue(180)),
    /** Of the wave, in cells. */
    wavelength: v.pipe(v.number(), v.minValue(1), v.maxValue(50)),
    seed: whole(0, 2 ** 31 - 1),
  }),
);
export type KernelParameters = v.InferOutput<typeof kernelParametersSchema>;

export const benchKernelSchema = v.pipe(
  v.object({
    /** Where it comes from, for its title; `own` once a number was changed by hand. */
    origin: v.variant('kind', [
      v.object({
        kind: v.literal('preset'),
        id: v.picklist(kernelPresetIds),
        /** What it was made with; those left out have the preset's own values. */
        parameters: v.optional(kernelParametersSchema),
      }),
      v.object({ kind: v.literal('own') }),
      /** Read from the network in training. */
      v.object({
        kind: v.literal('learned'),
        layer: name,
        filter: whole(0, 100_000),
        channel: v.nullable(whole(0, 100_000)),
        step: whole(0, 1e9),
      }),
    ]),
    height: whole(1, largestKernel),
    width: whole(1, largestKernel),
    /** 1: the same weights for every channel of the image. 3: one plane of weights a channel. */
    channels: v.picklist([1, 3]),
    /** HWI: the weight for (y, x, channel) sits at `(y · width + x) · channels + channel`. */
    weights: v.pipe(v.array(finite), v.maxLength(largestKernel * largestKernel * 3)),
  }),
  v.check(
    ({ height, width, channels, weights }) => weights.length === height * width * channels,
    'A kernel has as many weights as cells',
  ),
);
export type BenchKernel = v.InferOutput<typeof benchKernelSchema>;

// ---- the operation ----

export { padModes, type PadMode };
export { type MapActivation as BenchActivation, mapActivations as benchActivations };

export const operationSchema = v.object({
  stride: whole(1, 16),
  padding: v.union([v.picklist(['valid', 'same']), whole(0, 64)]),
  padMode: v.picklist(padModes),
  /** What stands in the padding with `padMode: 'value'`. */
  padValue: finite,
  dilation: whole(1, 8),
  bias: finite,
  activation: v.picklist(mapActivations),
  /** `convolution` turns the kernel by 180° first; `correlation`, what networks compute, does not. */
  sense: v.picklist(['correlation', 'convolution']),
});
export type Operation = v.InferOutput<typeof operationSchema>;

// ---- pooling ----

export { poolingKinds, type PoolingKind };

export const poolingSchema = v.object({
  /** The two that stand side by side. */
  left: v.picklist(poolingKinds),
  right: v.picklist(poolingKinds),
  size: whole(1, 16),
  stride: whole(1, 16),
  seed: whole(0, 2 ** 31 - 1),
  coefficient: finite,
  bias: finite,
});
export type Pooling = v.InferOutput<typeof poolingSchema>;

// ---- all of it ----

export const experimentSchema = v.pipe(
  v.object({
    image: imageSchema,
    /** The longest side of the image at work, in pixels; an image that is smaller stays as it is. */
    side: whole(8, largestSide),
    colour: v.picklist(['grey', 'rgb']),
    kernels: v.pipe(v.array(benchKernelSchema), v.minLength(1), v.maxLength(mostKernels)),
    /** The kernel that is edited and whose map is pooled. */
    chosen: whole(0, mostKernels - 1),
    /** `gradient`: the first two kernels' maps are taken as the two components, and give magnitude and direction. */
    together: v.picklist(['apart', 'gradient']),
    operation: operationSchema,
    pooling: poolingSchema,
  }),
  v.check(({ kernels, chosen }) => chosen < kernels.length, 'The chosen kernel is one of the kernels'),
  v.check(({ kernels, together }) => together === 'apart' || kernels.length >= 2, 'A gradient takes two kernels'),
);
export type Experiment = v.InferOutput<typeof experimentSchema>;

// ---- what is looked at: saved along, but no step of undo ----

export const colourMaps = ['automatic', 'grey', 'cividis', 'viridis', 'magma', 'blue-orange'] as const;
/** `automatic`: diverging around zero where a map has negative numbers, one-sided where it has none. */
export type ColourMapChoice = (typeof colourMaps)[number];

/**
 * What the two poolings' pictures show: the pooled map; the cell that each window took, drawn back on the map it came from; each cell's
 * share of the gradient.
 */
export const pooledPictures = ['pooled', 'winners', 'gradient'] as const;
export type PooledPicture = (typeof pooledPictures)[number];

export const benchViewSchema = v.object({
  colours: v.picklist(colourMaps),
  /** Whether one scale serves all maps, or each has its own. */
  scale: v.picklist(['shared', 'own']),
  pooledPicture: v.picklist(pooledPictures),
  /** The output cell whose arithmetic is shown, and in which output. */
  cell: v.nullable(
    v.object({
      of: v.picklist(['map', 'left', 'right']),
      row: whole(0, largestSide * 2),
      column: whole(0, largestSide * 2),
    }),
  ),
});
export type BenchView = v.InferOutput<typeof benchViewSchema>;

/** A saved bench: all it takes to stand there again. */
export const savedBenchSchema = v.object({
  format: v.literal('convolens-bench'),
  version: v.literal(1),
  experiment: experimentSchema,
  view: benchViewSchema,
});
export type SavedBench = v.InferOutput<typeof savedBenchSchema>;
