/** What a layer does to each number after its sum. `scaled-tanh` is 1.7159·tanh(2a/3) (LeCun et al., 1998, appendix A). */
export const activations = ['none', 'logistic', 'tanh', 'scaled-tanh', 'relu'] as const;
export type Activation = (typeof activations)[number];

/** What a pooling window keeps of the numbers it covers. */
export const poolingMethods = ['max', 'average'] as const;
export type PoolingMethod = (typeof poolingMethods)[number];

/**
 * Cells added around an image before windows are laid over it.
 *
 * `valid`: none. `same`: as many as TensorFlow adds so that stride 1 keeps the size, the odd one at the end.
 * `[before, after]`: that many above and left, and that many below and right.
 */
export type Padding = 'valid' | 'same' | readonly [before: number, after: number];

/**
 * How a layer's first weights are drawn; each from a stream of its own.
 *
 * `fan-in`: U(±gain / F) or, `root`, U(±gain / √F), F being the numbers one unit reads. `glorot`: Glorot and Bengio (2010), four times wider before a
 * logistic sigmoid. `he`: N(0, 2 / F) (He et al., 2015). `normal`: N(0, deviation²).
 */
export type Initialiser =
  | { readonly kind: 'fan-in'; readonly gain: number; readonly root?: boolean }
  | { readonly kind: 'glorot' }
  | { readonly kind: 'he' }
  | { readonly kind: 'normal'; readonly deviation: number };

/** What every layer has. */
type LayerBase = {
  readonly name: string;
  /** The layer whose output it reads, or `input` for the image; the layer before it if left out. */
  readonly from?: string;
};

/** What layers with weights may say of their first values. */
type Weighted = {
  /** The network's own if left out. */
  readonly initialiser?: Initialiser;
  /** What biases start at; 0 if left out. */
  readonly initialBias?: number;
};

export type ConvSpec = LayerBase &
  Weighted & {
    readonly kind: 'conv';
    readonly filters: number;
    /** Side of the square kernel, in cells. */
    readonly size: number;
    readonly stride: number;
    readonly padding: Padding;
    /** What stands in the padding cells; 0 if left out (1989: −1). */
    readonly paddingValue?: number;
    /** Distance between the cells a kernel reads; 1 if left out. */
    readonly dilation?: number;
    /** The input maps and the filters fall into this many groups, each of which sees only its own; 1 if left out. */
    readonly groups?: number;
    /** For each filter the input maps it reads, as in C3 of LeCun et al. (1998), table I; all if left out. */
    readonly connections?: readonly (readonly number[])[];
    /** One bias a filter (the default), one a unit (H1 of 1989), or none (before batch normalisation). */
    readonly bias?: 'filter' | 'unit' | 'none';
    readonly activation: Activation;
  };

/** The largest or the mean of each window; padding cells count in neither. */
export type PoolSpec = LayerBase & {
  readonly kind: 'pool';
  readonly method: PoolingMethod;
  /** Side of the square window, in cells; larger than the stride, windows overlap. */
  readonly size: number;
  readonly stride: number;
  /** `valid` if left out. */
  readonly padding?: Padding;
  /** `none` if left out. */
  readonly activation?: Activation;
};

/** A window's sum × a trainable coefficient + a trainable bias, one of each a map, then the activation (LeCun et al., 1998, §II-B, S2). */
export type SubsampleSpec = LayerBase & {
  readonly kind: 'subsample';
  readonly size: number;
  readonly stride: number;
  readonly activation: Activation;
};

/**
 * Local response normalisation across maps (Krizhevsky et al., 2012, §3.3): b = a / (k + α Σ a²)^β over `depth`
 * neighbouring maps. α is not divided by the window: 1e-4 in the paper, 2e-5 effectively in the released code.
 */
export type LrnSpec = LayerBase & {
  readonly kind: 'lrn';
  /** n, odd. */
  readonly depth: number;
  readonly k: number;
  readonly alpha: number;
  readonly beta: number;
};

/** Ioffe and Szegedy (2015): per map, with a trainable scale and shift; running moments stand in for the batch's in evaluation. */
export type BatchNormSpec = LayerBase & {
  readonly kind: 'batch-norm';
  /** Share of the old running moments kept at each step. */
  readonly momentum: number;
  readonly epsilon: number;
  readonly activation: Activation;
};

/** In training each number is zeroed with probability `rate` and the rest divided by 1 − rate; in evaluation it does nothing. */
export type DropoutSpec = LayerBase & { readonly kind: 'dropout'; readonly rate: number };

export type FlattenSpec = LayerBase & { readonly kind: 'flatten' };

export type DenseSpec = LayerBase &
  Weighted & {
    readonly kind: 'dense';
    readonly units: number;
    readonly activation: Activation;
  };

/** The sum of two layers of one shape, then the activation: where a residual block closes (He et al., 2015, §3.2). */
export type AddSpec = LayerBase & {
  readonly kind: 'add';
  /** The other layer, or `input`. */
  readonly with: string;
  readonly activation: Activation;
};

/** Every `stride`-th cell, and zeros for the channels beyond its input's: the shortcut without parameters (He et al., 2015, §4.2, option A). */
export type ShortcutSpec = LayerBase & {
  readonly kind: 'shortcut';
  readonly stride: number;
  readonly channels: number;
};

/** The mean of each whole map: [channels]. */
export type GlobalAverageSpec = LayerBase & { readonly kind: 'global-average' };

/**
 * Squared distance of the input to a fixed code a class (LeCun et al., 1998, §II-B, output layer): the smallest is the answer.
 * Its output is the negative distance, so that the largest number is the answer as everywhere else.
 */
export type RbfSpec = LayerBase & {
  readonly kind: 'rbf';
  /** One a class, ±1, as long as the input: fixed, not trained. */
  readonly codes: readonly (readonly number[])[];
};

export type LayerSpec =
  | ConvSpec
  | PoolSpec
  | SubsampleSpec
  | LrnSpec
  | BatchNormSpec
  | DropoutSpec
  | FlattenSpec
  | DenseSpec
  | AddSpec
  | ShortcutSpec
  | GlobalAverageSpec
  | RbfSpec;
export type LayerKind = LayerSpec['kind'];

/**
 * What training makes small, a mean over the images of a batch.
 *
 * `cross-entropy`: softmax, then −log of the right class. `mean-squared-error`: against +1 for the right class and −1
 * for the others, the mean over classes (1989). `rbf`: LeCun et al. (1998), eq. 9, with j = 0.1: distance to the right code + log(e^−j + Σ e^−distance).
 */
export const losses = ['cross-entropy', 'mean-squared-error', 'rbf'] as const;
export type Loss = (typeof losses)[number];

/** What pixels 0–255 become before the first layer. */
export type PixelScale =
  /** 0 becomes `low`, 255 `high`, in a straight line. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** Per channel of the 0–1 value: minus the mean, divided by the deviation. */
  | { readonly kind: 'standardised'; readonly mean: readonly number[]; readonly deviation: readonly number[] };

/**
 * A network as data: shapes, counts, the native graph, the frames and the scene all follow from it.
 *
 * A chain, but for the layers that say `from`. The last layer gives one number a class, the largest for its answer.
 */
export type NetworkSpec = {
  /** What scripts call it: `lenet5-textbook`. */
  readonly id: string;
  readonly title: string;
  readonly year: number;
  /** Paper or book, with section. */
  readonly source: string;
  /** What differs from the source, a sentence each. */
  readonly departures: readonly string[];
  /** HWC. */
  readonly input: readonly [height: number, width: number, channels: number];
  /** 0 to 1 if left out. */
  readonly pixels?: PixelScale;
  /** `glorot` if left out. */
  readonly initialiser?: Initialiser;
  /** `cross-entropy` if left out. */
  readonly loss?: Loss;
  readonly layers: readonly LayerSpec[];
};
