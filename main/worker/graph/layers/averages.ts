import type { Arithmetic } from '../arithmetic.ts';
import { float32, type Output } from '../graph.ts';
import { knownBatch, type LayerInputs } from './layer.ts';
import { type Padded, poolingAttributes, type Windows } from './windows.ts';

/** The mean of each window of each map, and the way back. */
export type Averages = { readonly output: Output; readonly backward: (gradient: Output) => Output };

/**
 * TensorFlow's means count the cells that are there: those of its own SAME padding are left out. Cells that had to be put around
 * the map are zeros in the sum, and the mean of such a window is widened to the cells it really covers.
 */
export function averages(windows: Windows, padding: Padded, inputs: LayerInputs): Averages {
  const { math, layer } = inputs;
  const { graph } = math;
  const [rows = 0, columns = 0] = layer.output;
  const channels = layer.input[2]!;
  const attributes = poolingAttributes(windows, padding);
  const widened = wideningOf(math, windows, padding, [rows, columns]);
  const widen = (means: Output): Output => (widened ? math.multiply(means, widened) : means);
  return {
    output: widen(graph.op('AvgPool', [padding.around(math, inputs.inputs[0]!)], attributes)),
    backward(gradient) {
      if (tiles(windows)) return spread(windows, inputs, gradient);
      const shape = graph.integers([knownBatch(inputs), padding.height, padding.width, channels]);
      return padding.within(math, graph.op('AvgPoolGrad', [shape, widen(gradient)], attributes));
    },
  };
}

/** How much larger a window is than the part of it that covers the map; [1, rows, columns, 1], or null if none is larger. */
function wideningOf(
  math: Arithmetic,
  { shape, size, stride, padding }: Windows,
  { height, padding: own }: Padded,
  [rows, columns]: readonly [number, number],
): Output | null {
  if (own === 'SAME' || height === shape[0] || typeof padding === 'string') return null;
  const [before] = padding;
  const covered = (windows: number, cells: number): number[] =>
    Array.from({ length: windows }, (_, window) => {
      const begin = window * stride - before;
      return Math.min(cells, begin + size) - Math.max(0, begin);
    });
  const across = covered(columns, shape[1]!);
  const values = covered(rows, shape[0]!).flatMap((down) => across.map((along) => size ** 2 / (down * along)));
  return math.graph.constant(float32, [1, rows, columns, 1], values);
}

/** Whether the windows cover the maps exactly, side by side. */
function tiles({ shape: [height = 0, width = 0], size, stride, padding }: Windows): boolean {
  const isPadded = padding !== 'valid' && padding !== 'same' && padding.some((cells) => cells > 0);
  return size === stride && height % size === 0 && width % size === 0 && !isPadded;
}

/** Up to so many channels a row of shares is copied faster by a matrix product than by a concatenation. */
const mostByProduct = 16;

/**
 * The gradient of side-by-side averages as copies: each cell's share, `size` times along the row, each row `size` times.
 * TensorFlow's AvgPoolGrad adds cell by cell on one thread; two concatenations take a fraction of its time.
 */
function spread({ size }: Windows, inputs: LayerInputs, gradient: Output): Output {
  const { math, layer } = inputs;
  const batch = knownBatch(inputs);
  const [rows = 0, columns = 0, channels = 0] = layer.output;
  const alongRows = sharesAlongRows(math, math.reshape(gradient, [batch * rows * columns, channels]), channels, size);
  const rowsOfShares = math.reshape(alongRows, [batch * rows, size * columns * channels]);
  return math.reshape(repeated(math, rowsOfShares, size), [batch, ...layer.input]);
}

/**
 * Of each cell, [cells, channels], its share of a window `size` times side by side.
 *
 * A product with unit matrices that hold the share takes 38 µs for LeNet-5's S2 (12,544×6), a product and a concatenation of so short pieces
 * 110; from 24 channels on it is the other way round.
 */
function sharesAlongRows(math: Arithmetic, cells: Output, channels: number, size: number): Output {
  const share = 1 / size ** 2;
  if (channels > mostByProduct) return repeated(math, math.scale(cells, share), size);
  const shares = Array.from({ length: channels * size * channels }, (_, index) => {
    const [from, to] = [Math.floor(index / (size * channels)), index % channels];
    return from === to ? share : 0;
  });
  return math.matrixProduct(cells, math.graph.constant(float32, [channels, size * channels], shares));
}

/** Each row `times` times side by side. */
function repeated(math: Arithmetic, rows: Output, times: number): Output {
  return math.concatenate(Array<Output>(times).fill(rows), 1);
}
