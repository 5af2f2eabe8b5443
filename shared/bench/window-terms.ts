import { activated } from '../math/activation.ts';
import { valueBehind } from '../math/padding.ts';
import { outputSize } from '../math/output-size.ts';
import { plane, type Plane } from '../math/plane.ts';
import { drawAt, drawnCell } from '../math/pooling/drawn.ts';
import { squash } from '../math/squash.ts';
import { type BenchImage, kernelPlanes } from './compute.ts';
import type { Experiment, Pooling, PoolingKind } from './experiment.ts';
import { gradientShares } from './gradient-routing.ts';

/** One product of a window. */
export type WindowTerm = {
  /** Where the window reads, in the image; negative or beyond its end in the padding. */
  readonly row: number;
  readonly column: number;
  /** In the padding. */
  readonly isOutside: boolean;
  readonly channel: number;
  readonly value: number;
  /** The kernel turned already, where the operation is a true convolution. */
  readonly weight: number;
  readonly product: number;
};

export type WindowTerms = {
  /** Channel by channel, each in reading order. */
  readonly terms: readonly WindowTerm[];
  /** The sum of each channel's products. */
  readonly channelSums: readonly number[];
  readonly sum: number;
  readonly bias: number;
  /** sum + bias */
  readonly biased: number;
  readonly activated: number;
};

/** The arithmetic behind one cell of a kernel's map, in float64. The cell must be in the map. */
export function windowTerms(
  { kernels, operation }: Pick<Experiment, 'kernels' | 'operation'>,
  image: BenchImage,
  kernelIndex: number,
  row: number,
  column: number,
): WindowTerms {
  const kernel = kernels[kernelIndex];
  if (!kernel) throw new RangeError(`There is no kernel ${kernelIndex}`);
  const { stride, dilation, sense, bias, activation } = operation;
  const planes = kernelPlanes(kernel);
  const count = kernel.height * kernel.width;
  const top = row * stride - outputSize(image.height, kernel.height, operation).padBefore;
  const left = column * stride - outputSize(image.width, kernel.width, operation).padBefore;
  const terms: WindowTerm[] = [];
  const channelSums: number[] = [];
  for (let channel = 0; channel < Math.max(planes.length, image.planes.length); channel++) {
    const pixels = image.planes[channel] ?? image.planes[0]!;
    const weights = (planes[channel] ?? planes[0]!).values;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const y = top + Math.floor(i / kernel.width) * dilation;
      const x = left + (i % kernel.width) * dilation;
      const value = valueBehind(pixels, y, x, operation);
      const weight = weights[sense === 'convolution' ? count - 1 - i : i]!;
      const product = value * weight;
      sum += product;
      const isOutside = y < 0 || x < 0 || y >= image.height || x >= image.width;
      terms.push({ row: y, column: x, isOutside, channel, value, weight, product });
    }
    channelSums.push(sum);
  }
  const sum = added(channelSums);
  return { terms, channelSums, sum, bias, biased: sum + bias, activated: activated(sum + bias, activation) };
}

export type PoolCell = {
  /** In the map that is pooled. */
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Whether the window's result is this cell's value: the largest, the drawn, the first. Where every cell counts, none is taken. */
  readonly isTaken: boolean;
  /** ∂result / ∂value: its share of the gradient that reaches the pooled cell. */
  readonly share: number;
  /**
   * What it adds to `sum`: its value (average, subsampling), its square (L2), its positive part (stochastic); else 0.
   */
  readonly part: number;
};

export type PoolTerms = {
  /** In reading order. */
  readonly cells: readonly PoolCell[];
  /** Of the parts; null where nothing is summed (max, strided). */
  readonly sum: number | null;
  /** What subsampling squashes, sum × coefficient + bias; else null. */
  readonly squashed: number | null;
  /** The number in (0, 1) that stochastic pooling draws: the cell at which the sum so far exceeds draw × sum is taken. Else null. */
  readonly draw: number | null;
  readonly result: number;
};

/** The arithmetic behind one cell of a pooled map, in float64. The window must lie in the map. */
export function poolTerms(pooling: Pooling, kind: PoolingKind, map: Plane, row: number, column: number): PoolTerms {
  const { size, stride } = pooling;
  const [top, left] = [row * stride, column * stride];
  const values = Float32Array.from({ length: size * size }, (_, i) => {
    return map.values[(top + Math.floor(i / size)) * map.width + left + (i % size)]!;
  });
  const window = { height: size, width: size, values };
  const draw = kind === 'stochastic' ? drawAt(pooling.seed, row, column) : null;
  const { result, taken = null, part, squashed = null } = answer(kind, window, pooling, draw);
  // The window as a map of its own, from which one cell is pooled.
  const shares = gradientShares(
    window,
    { kind, plane: plane(1, 1, [result]), winners: taken === null ? null : Int32Array.of(taken) },
    pooling,
  );
  const parts = Array.from(values, part ?? (() => 0));
  return {
    cells: parts.map((part, i) => ({
      row: top + Math.floor(i / size),
      column: left + (i % size),
      value: values[i]!,
      isTaken: i === taken,
      share: shares.values[i]!,
      part,
    })),
    sum: part ? added(parts) : null,
    squashed,
    draw,
    result,
  };
}

type Answer = {
  readonly result: number;
  /** Of the window's cells, the one whose value it is; −1 if it might have been one. */
  readonly taken?: number;
  /** What a cell adds to the sum. */
  readonly part?: (value: number) => number;
  readonly squashed?: number;
};

/** What a window is pooled to. `draw` is `stochastic`'s. */
function answer(kind: PoolingKind, window: Plane, { size, coefficient, bias }: Pooling, draw: number | null): Answer {
  const values = Array.from(window.values);
  const itself = (value: number): number => value;
  switch (kind) {
    case 'max': {
      const result = Math.max(...values);
      return { result, taken: values.indexOf(result) };
    }
    case 'average':
      return { result: added(values) / values.length, part: itself };
    case 'l2': {
      const part = (value: number): number => value ** 2;
      return { result: Math.sqrt(added(values.map(part)) / values.length), part };
    }
    case 'stochastic': {
      const taken = drawnCell(window, 0, 0, size, draw ?? 0);
      return { result: values[taken] ?? 0, taken, part: (value) => Math.max(0, value) };
    }
    case 'subsampling': {
      const squashed = coefficient * added(values) + bias;
      return { result: squash(squashed), part: itself, squashed };
    }
    case 'strided':
      return { result: values[0]!, taken: 0 };
    default:
      return kind satisfies never;
  }
}

function added(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
