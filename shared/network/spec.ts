/** What a layer does to each number after its sum. `scaled-tanh` is 1.7159·tanh(2a/3) (LeCun et al., 1998, appendix A). */
export const activations = ['none', 'logistic', 'tanh', 'scaled-tanh', 'relu'] as const;
export type Activation = (typeof activations)[number];

/** What a pooling window keeps of the numbers it covers. */
export const poolingMethods = ['max', 'average'] as const;
export type PoolingMethod = (typeof poolingMethods)[number];

/** `valid`: only whole windows. `same`: zeros around the input, so that stride 1 keeps its size; as TensorFlow splits them. */
export type Padding = 'valid' | 'same';

export type ConvSpec = {
  readonly kind: 'conv';
  readonly name: string;
  readonly filters: number;
  /** Side of the square kernel, in cells. */
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly activation: Activation;
};

export type PoolSpec = {
  readonly kind: 'pool';
  readonly name: string;
  readonly method: PoolingMethod;
  /** Side of the square window, in cells. */
  readonly size: number;
  readonly stride: number;
};

export type FlattenSpec = { readonly kind: 'flatten'; readonly name: string };

export type DenseSpec = {
  readonly kind: 'dense';
  readonly name: string;
  readonly units: number;
  readonly activation: Activation;
};

export type LayerSpec = ConvSpec | PoolSpec | FlattenSpec | DenseSpec;
export type LayerKind = LayerSpec['kind'];

/**
 * A network as data: shapes, counts, the native graph, the frames and the scene all follow from it.
 *
 * The last layer gives one logit a class; the loss is softmax cross-entropy.
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
  readonly layers: readonly LayerSpec[];
};
