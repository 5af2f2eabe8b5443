/**
 * All that crosses a process boundary.
 *
 *     window ⇄ worker   Command → , ← WorkerEvent     one MessagePort, introduced by main, then main is out of the way
 *     window ⇄ main     Bridge                        named functions that the preload exposes
 */
import * as v from 'valibot';
import { type FrameView, type MapView, kernelViews, mapViews } from './frame/view.ts';
import { type DatasetPart, type KnownDataset, knownDatasets } from './dataset/known.ts';
import { presetIds } from './network/presets/index.ts';
import { optimisers } from './training/optimiser.ts';
import type { Threading } from './training/threading.ts';

// ---- what the window asks of the worker ----

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const rate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100));
const span = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1000));

const scheduleSchema = v.variant('kind', [
  v.object({ kind: v.literal('constant') }),
  v.object({ kind: v.literal('step'), factor: share, every: span }),
  v.object({
    kind: v.literal('table'),
    rates: v.pipe(v.array(v.tuple([span, rate])), v.minLength(1), v.maxLength(100)),
  }),
  v.object({ kind: v.literal('linear'), last: share }),
  v.object({ kind: v.literal('cosine'), last: v.optional(share) }),
  v.object({ kind: v.literal('plateau'), factor: share, patience: span }),
]);

const augmentationSchema = v.object({
  shift: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16))),
  crop: v.optional(v.object({ pad: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(32)) })),
  flip: v.optional(v.boolean()),
  colour: v.optional(share),
});

/** Numbers that may change between steps: the graph is fed them anew with every call. */
const liveParameters = {
  /** The base rate; `schedule` says what becomes of it. */
  learningRate: rate,
  /** 0 is plain SGD; β₁ of Adam. */
  momentum: v.pipe(v.number(), v.minValue(0), v.maxValue(0.999)),
  weightDecay: share,
  schedule: scheduleSchema,
};

export const hyperParametersSchema = v.object({
  ...liveParameters,
  optimiser: v.picklist(optimisers),
  augmentation: augmentationSchema,
  batch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  epochs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
});
export type HyperParameters = v.InferOutput<typeof hyperParametersSchema>;

export const networkChoiceSchema = v.object({
  preset: v.picklist(presetIds),
  /** Settings of the preset's switches, by name; those left out are as published. `presets[preset].choose` refuses what it does not have. */
  switches: v.record(v.string(), v.string()),
});
/** A preset with its switches. */
export type NetworkChoice = v.InferOutput<typeof networkChoiceSchema>;

export const datasetIds = Object.keys(knownDatasets) as [KnownDataset, ...KnownDataset[]];
export type DatasetId = KnownDataset;

export const runSettingsSchema = v.object({
  network: networkChoiceSchema,
  dataset: v.picklist(datasetIds),
  hyperParameters: hyperParametersSchema,
});
/** All that decides a run: the same settings on the same machine give the same weights, bit for bit. */
export type RunSettings = v.InferOutput<typeof runSettingsSchema>;

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Images whose mean can be looked at. */
export const mostWatchedImages = 64;

/** Bytes of a layer's weights that are read at once. */
export const mostWeightsRead = 64 * 2 ** 20;

export const watchedImageSchema = v.variant('source', [
  v.object({ source: v.literal('test'), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  /** Grey, row by row, 0 = black background, 255 = white stroke; as many bytes as the network's input has numbers. */
  v.object({ source: v.literal('drawn'), pixels: v.instance(Uint8Array) }),
  /** Some test images: what is shown of them is the mean, number by number. */
  v.object({
    source: v.literal('several'),
    indices: v.pipe(v.array(place), v.minLength(1), v.maxLength(mostWatchedImages), v.readonly()),
  }),
  /** The mean over the first test images of a class, at most `mostWatchedImages`; of a large network fewer, so that a look takes about a second. */
  v.object({ source: v.literal('class'), label: place }),
]);
/** What the network is looked at with: one image, or the mean over some. */
export type WatchedImage = v.InferOutput<typeof watchedImageSchema>;

/**
 * What of the network a frame holds: `frameLayout(trace, view)` says what stands where. What is left out is not computed.
 */
export const frameViewSchema = v.object({
  /** The layers whose maps and kernels are shown, by name, in any order; null for all. The input and the scores always are. */
  layers: v.nullable(v.pipe(v.array(v.string()), v.maxLength(1000), v.readonly())),
  /**
   * `outputs`: what a layer gives. `sums`: what its activation is given (the same where it has none). `gradients`: of the loss by what the layer
   * gives, the right answer being the label, or the network's own best guess where there is none.
   */
  maps: v.picklist(mapViews),
  /** `gradients`: of the same loss by the weights. */
  kernels: v.picklist(kernelViews),
});

/** By which an answer is told from others; whoever asks never uses one twice. */
const request = v.pipe(v.number(), v.integer(), v.minValue(0));

export const commandSchema = v.variant('type', [
  /**
   * Builds the network with fresh weights; answered by `configured` or `failed`. Ends a run in progress. The credits stay, and so does
   * the watched image if the new network can look at it.
   */
  v.object({ type: v.literal('configure'), settings: runSettingsSchema }),
  /** Trains until the last epoch, a pause, or a limit that ends the run early. */
  v.object({
    type: v.literal('train'),
    limit: v.optional(
      v.object({
        steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
        seconds: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
      }),
    ),
  }),
  /** Changes what may change between steps; from the next call on. */
  v.object({ type: v.literal('adjust'), change: v.partial(v.object(liveParameters)) }),
  /** Whether `statistics` are said about twice a second (more seldom where they cost much); each time costs a step that is not taken. */
  v.object({ type: v.literal('watch-statistics'), isWanted: v.boolean() }),
  /**
   * The layers, by name, whose weights stay as they are from the next call on, with what the optimiser remembers of them; all others learn. It
   * holds until it is said anew, also over `stop`, and ends with `configure`.
   */
  v.object({ type: v.literal('freeze'), layers: v.pipe(v.array(v.string()), v.maxLength(1000)) }),
  /** What the time machine keeps may take so many bytes on the disk; 0 for nothing kept. */
  v.object({
    type: v.literal('keep-moments'),
    bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64 * 2 ** 30)),
  }),
  /** The moments, by id, that never make room for others: those with a bookmark. What was said before no longer counts. */
  v.object({ type: v.literal('protect-moments'), ids: v.pipe(v.array(place), v.maxLength(1000)) }),
  v.object({ type: v.literal('pause') }),
  /** One step, then paused. */
  v.object({ type: v.literal('step') }),
  /** Ends the run and goes back to fresh weights of the same settings; credits and watched image stay. */
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.literal('watch'), image: watchedImageSchema, view: frameViewSchema }),
  /** The view can take this many more frames. Each frame spends one; none is sent without. */
  v.object({ type: v.literal('credit'), frames: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4)) }),
  // What follows asks for an answer with its `request`'s number, and always gets one: the one named, or `refused`.
  /** A convolution's kernels as they are between two steps, answered by `kernels`. A run is the same bit for bit, read or not. */
  v.object({ type: v.literal('read-kernels'), request, layer: v.string() }),
  /**
   * Puts other weights in the place of one filter's, answered by `kernel-written`. All else stays: the step, the other weights, and what the
   * optimiser remembers. From here on the run's settings alone no longer give its weights.
   *
   * `channel`: an input channel, in groups the i-th of the filter's own; null for all, in which case those that a connection table leaves out
   * keep their zeros. `weights`: HW or HWI. `bias`: the filter's own, where it has one; left out, it stays.
   */
  v.object({
    type: v.literal('write-kernel'),
    request,
    layer: v.string(),
    filter: place,
    channel: v.nullable(place),
    weights: v.instance(Float32Array),
    bias: v.optional(v.pipe(v.number(), v.finite())),
  }),
  /**
   * What a layer says of some image after this many steps, float32 as it is; answered by `activations`. `layer` may be `input`: the image as the
   * network reads it. `of`: as a frame's view has it.
   */
  v.object({
    type: v.literal('read-activations'),
    request,
    image: watchedImageSchema,
    layer: v.string(),
    of: v.picklist(mapViews),
  }),
  /**
   * A layer's weights of every kind, and the moments batch normalisation goes by, answered by `weights`. `unit`: only those of one filter, unit or channel (the last axis of each tensor);
   * null for all, refused above `mostWeightsRead`.
   */
  v.object({ type: v.literal('read-weights'), request, layer: v.string(), unit: v.nullable(place) }),
  /** Puts the whole test set to the network as it is now, whatever the run does; answered by `scored`. */
  v.object({ type: v.literal('score'), request }),
  /** One kept moment, whole, answered by `moment`. */
  v.object({ type: v.literal('read-moment'), request, id: place }),
  /** What all kept moments hold of one layer, answered by `history`. */
  v.object({ type: v.literal('read-history'), request, layer: v.string(), part: v.picklist(['maps', 'kernels']) }),
  /** A test image as the dataset holds it, which may be larger than what the network reads; answered by `test-image`. */
  v.object({ type: v.literal('read-test-image'), request, index: place }),
]);
export type Command = v.InferOutput<typeof commandSchema>;
/** A command that asks for an answer. */
export type Request = Extract<Command, { request: number }>;

// ---- what the worker says ----

/** What really computes, and how. */
export type Device = {
  readonly device: 'cpu' | 'gpu';
  /** libtensorflow's own version string. */
  readonly library: string;
  readonly threads: number;
  /** Parts of a batch that run side by side, as `threading` has them. */
  readonly towers: number;
  readonly threading: Threading;
  readonly oneDnn: boolean;
  readonly gpus: readonly string[];
};

export type RunPhase = 'empty' | 'preparing' | 'ready' | 'training' | 'paused' | 'finished';

export type FailureCode =
  'dataset-missing' | 'dataset-corrupt' | 'network-invalid' | 'device-unavailable' | 'command-invalid' | 'native';

/**
 * Why a request is refused. `nothing-configured`: there is no network. `not-connected`: the connection table has the filter not read
 * this channel. `command-invalid`: a request that the contract does not know. `native`: TensorFlow could not do it. `too-large`: all of a layer's weights at once would be.
 * `not-kept`: no kept moment holds that part of that layer (a frame leaves out what would be too much).
 */
export const refusalCodes = [
  'nothing-configured',
  'unknown-layer',
  'no-kernels',
  'no-such-filter',
  'no-such-channel',
  'not-connected',
  'wrong-size',
  'not-finite',
  'no-such-image',
  'no-such-unit',
  'no-weights',
  'too-large',
  'no-such-moment',
  'not-kept',
  'command-invalid',
  'native',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export type WorkerEvent =
  | { readonly type: 'device'; readonly device: Device }
  | {
      readonly type: 'configured';
      readonly settings: RunSettings;
      readonly trainImages: number;
      readonly testImages: number;
      readonly stepsPerEpoch: number;
      /** Images of one's own that could not be used, each with the reason; the first hundred. */
      readonly skipped: readonly { readonly file: string; readonly reason: string }[];
    }
  | { readonly type: 'phase'; readonly phase: RunPhase }
  /** Means over the steps since the last `stepped`. */
  | {
      readonly type: 'stepped';
      /** Steps done so far; epoch e (from 0) is steps e·stepsPerEpoch + 1 … (e + 1)·stepsPerEpoch. */
      readonly step: number;
      readonly loss: number;
      /** Share of right answers on the training batches, 0–1. */
      readonly accuracy: number;
      readonly imagesPerSecond: number;
      readonly epoch: number;
      readonly secondsLeftInEpoch: number;
      readonly secondsLeft: number;
    }
  | {
      readonly type: 'evaluated';
      readonly step: number;
      /** Epochs done. */
      readonly epoch: number;
      readonly testLoss: number;
      /** Share of right answers on the whole test set, 0–1. */
      readonly testAccuracy: number;
      /** Share of test images whose class is not among the five best guesses, 0–1. */
      readonly top5Error: number;
      readonly testImages: number;
    }
  /** How the layers stand on the batch that comes next, in layer order. */
  | { readonly type: 'statistics'; readonly step: number; readonly layers: readonly LayerStatistics[] }
  | {
      readonly type: 'finished';
      readonly step: number;
      readonly trainLoss: number;
      readonly testLoss: number;
      readonly testAccuracy: number;
      readonly top5Error: number;
      readonly imagesPerSecond: number;
      /** Hex SHA-256 of all weights in layer order, float32 little-endian. */
      readonly weightsSha256: string;
    }
  | ActivationFrame
  /** What the time machine holds now: said when a moment comes or goes. `added`: those new since it was said last; all, after `configured`. */
  | {
      readonly type: 'moments';
      readonly added: readonly Moment[];
      /** Ids of those that had to make room. */
      readonly dropped: readonly number[];
      /** On the disk. */
      readonly bytes: number;
      readonly budget: number;
      /** Why nothing more is kept: the disk is full, say; one English sentence for the log. null while all is well. */
      readonly trouble: string | null;
    }
  /** `watched`: which image the frames that follow show, with its label when it has one. */
  | { readonly type: 'watched'; readonly image: WatchedImage; readonly label: number | null }
  | {
      readonly type: 'kernels';
      readonly request: number;
      readonly layer: string;
      /** Steps done. */
      readonly step: number;
      /** HWIO, [size, size, inputs / groups, filters]. */
      readonly shape: readonly number[];
      /** The weights themselves. Own their buffer, as a frame's bytes do. */
      readonly values: Float32Array;
    }
  | {
      readonly type: 'kernel-written';
      readonly request: number;
      readonly layer: string;
      readonly filter: number;
      readonly channel: number | null;
      /** Steps done. */
      readonly step: number;
    }
  | {
      readonly type: 'activations';
      readonly request: number;
      readonly layer: string;
      readonly of: MapView;
      /** Steps done. */
      readonly step: number;
      /** HWC, or [units]. */
      readonly shape: readonly number[];
      /** Own their buffer. */
      readonly values: Float32Array;
    }
  | {
      readonly type: 'weights';
      readonly request: number;
      readonly layer: string;
      readonly unit: number | null;
      /** Steps done. */
      readonly step: number;
      /** In the layer's order; of one unit without their last axis. Each owns its buffer. */
      readonly tensors: readonly {
        readonly name: string;
        readonly shape: readonly number[];
        readonly values: Float32Array;
      }[];
    }
  | {
      readonly type: 'scored';
      readonly request: number;
      readonly step: number;
      readonly testLoss: number;
      readonly testAccuracy: number;
      readonly top5Error: number;
      readonly testImages: number;
    }
  | {
      readonly type: 'moment';
      readonly request: number;
      readonly moment: Moment;
      /** A frame of all layers, their outputs and their weights. Owns its buffer. */
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly type: 'history';
      readonly request: number;
      readonly layer: string;
      readonly part: 'maps' | 'kernels';
      readonly moments: readonly Moment[];
      /** Moment after moment: the part's ranges (two float32 a plane), then its bytes, as a frame has them, padded to four. Owns its buffer. */
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | {
      readonly type: 'test-image';
      readonly request: number;
      readonly index: number;
      /** HWC. */
      readonly shape: readonly number[];
      /** Own their buffer. */
      readonly pixels: Uint8Array<ArrayBuffer>;
      readonly label: number;
      /** What the dataset calls its class; null if it has no name for it. */
      readonly className: string | null;
      /** Test images in all. */
      readonly count: number;
    }
  | {
      readonly type: 'refused';
      readonly request: number;
      readonly code: RefusalCode;
      /** One English sentence for the log; the window words its own from `code`. */
      readonly message: string;
    }
  | {
      readonly type: 'failed';
      readonly code: FailureCode;
      /** One English sentence for the log and for scripts; the window words its own from `code` and `subject`. */
      readonly message: string;
      /** The file, layer or device at fault. */
      readonly subject: string;
    };

/** How a layer stands after some steps: over all its cells and the images of one batch. */
export type LayerStatistics = {
  readonly layer: string;
  /** Of what the layer gives. */
  readonly mean: number;
  readonly variance: number;
  /**
   * Share of the layer's maps (or units) that do nothing: after ReLU those that are 0 for every image, after a squashing function those whose
   * slope is below a hundredth everywhere; null where nothing can die.
   */
  readonly dead: number | null;
  /** In the order of the layer's weight tensors. Norms are Euclidean. */
  readonly weights: readonly {
    readonly name: string;
    readonly norm: number;
    /** Of the loss's gradient. */
    readonly gradientNorm: number;
    /** Norm of the change that the step would make, as a share of the weights' norm; 0 where they are frozen, or still all zero. */
    readonly updateRatio: number;
  }[];
};

/** One point in a run's life that the time machine has kept. */
export type Moment = {
  /** Never used twice within a run; grows with time. */
  readonly id: number;
  readonly step: number;
  /** Means over the steps before it; null before the first. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Of the whole test set as last measured before it; null before the first. */
  readonly testAccuracy: number | null;
  /** What was watched; a frame shows it. Those of one's own drawing hold their pixels in the frame only. */
  readonly image:
    { readonly source: 'test'; readonly index: number } | { readonly source: 'drawn' | 'several' | 'class' };
};

/** What is said to a request: exactly one of these, with its number. */
export type Answer = Extract<WorkerEvent, { request: number }>;

/**
 * What the whole network said about the watched image after `step` steps.
 *
 * `bytes` owns its buffer (a view would be cloned whole on its way through the port); `frameLayout` says what stands where.
 */
export type ActivationFrame = {
  readonly type: 'frame';
  readonly step: number;
  /** What it holds. */
  readonly view: FrameView;
  readonly bytes: Uint8Array;
};

// ---- what the window asks of main ----

export const locales = ['en', 'he'] as const;
export type Locale = (typeof locales)[number];
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** What the window can show below its bar, in the bar's order. */
export const screens = ['network', 'bench'] as const;
export type Screen = (typeof screens)[number];
export const preferencesSchema = v.object({
  locale: v.picklist(locales),
  theme: v.picklist(themes),
  /** The screen that the next start opens with. Files of other versions have none, or one that is not here. */
  screen: v.fallback(v.picklist(screens), 'network'),
});
export type Preferences = v.InferOutput<typeof preferencesSchema>;

/** Why a worker ended that nobody told to. */
export type WorkerExitCause = 'not-started' | 'out-of-memory' | 'killed' | 'crashed' | 'exited';

/**
 * How a worker ended that nobody told to. `detail` is what one looks it up by, the same in every language: the signal's name,
 * Windows' crash code, or the exit code.
 */
export type WorkerExit = { readonly cause: WorkerExitCause; readonly detail: string };

/** How the repair of a dataset's files goes on; datasets that share files have one `part`. */
export type RepairProgress = { readonly part: DatasetPart | null } & (
  | { readonly type: 'progress'; readonly received: number; readonly total: number }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string }
);

/** Kinds of files that the window may save, by the ends of their names. */
export const savedKinds = ['png', 'svg', 'npy', 'npz', 'webm', 'mp4', 'convolens-bench.json'] as const;
export type SavedKind = (typeof savedKinds)[number];

/** The kind of a file by its name; undefined for one that the window does not save. */
export function savedKindOf(name: string): SavedKind | undefined {
  return savedKinds.find((kind) => name.endsWith(`.${kind}`));
}

export const saveRequestSchema = v.object({
  /** What the file may be called; main makes it fit for a disk, and whoever saves it has the last word. */
  name: v.pipe(
    v.string(),
    v.maxLength(120),
    v.check((name) => savedKindOf(name) !== undefined, 'A file that is saved is of a known kind'),
  ),
  bytes: v.pipe(
    v.instance(Uint8Array),
    v.check(({ byteLength }) => byteLength <= 256 * 2 ** 20, 'A file that is saved has at most 256 MB'),
  ),
});
export type SaveRequest = v.InferOutput<typeof saveRequestSchema>;

/** Why a file could not be saved. */
export type SaveFailure = 'no-space' | 'not-permitted' | 'no-such-folder' | 'not-a-file' | 'name-too-long' | 'unknown';

/** What became of a file to be saved; `file` is its name, without its folder. */
export type SaveAnswer =
  | { readonly outcome: 'saved'; readonly file: string }
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'failed'; readonly file: string; readonly reason: SaveFailure };

/** What the preload exposes as `window.convolens`: named functions only. */
export type Bridge = {
  preferences(): Promise<Preferences>;
  savePreferences(preferences: Preferences): Promise<void>;
  /**
   * Starts a fresh worker (ending one that runs) whose threads are laid out so, as towers if left out; its port arrives as a window message
   * `{ type: 'worker-port' }`.
   */
  startWorker(threading?: Threading): Promise<void>;
  /** Calls `listener` when a worker dies by itself. */
  onWorkerExit(listener: (exit: WorkerExit) => void): void;
  /** Puts a dataset's files right, from the cache or the registry. */
  repairDataset(dataset: DatasetId): Promise<void>;
  onRepairProgress(listener: (progress: RepairProgress) => void): void;
  /** Asks where to save a file, with a dialog of the system's, and saves it there. The window's only way to a disk. */
  saveFile(name: string, bytes: Uint8Array): Promise<SaveAnswer>;
  /** Shows the file that was saved last where it is. */
  showSavedFile(): Promise<void>;
  /** Lets the page ask for the camera, which is denied otherwise, or no more; whoever switches it on or off says so first. */
  allowCamera(isAllowed: boolean): Promise<void>;
  /** Calls `listener` when the application menu asks for something the window does. */
  onMenu(listener: (action: MenuAction) => void): void;
};

export type MenuAction = 'train' | 'pause' | 'step' | 'stop' | 'shortcuts' | 'next-locale' | `screen-${Screen}`;

/** IPC channels of the Bridge: only main and the preload use them. */
export const channels = {
  preferences: 'preferences',
  savePreferences: 'save-preferences',
  startWorker: 'start-worker',
  workerPort: 'worker-port',
  workerExit: 'worker-exit',
  repairDataset: 'repair-dataset',
  repairProgress: 'repair-progress',
  saveFile: 'save-file',
  showSavedFile: 'show-saved-file',
  allowCamera: 'allow-camera',
  menu: 'menu',
} as const;
