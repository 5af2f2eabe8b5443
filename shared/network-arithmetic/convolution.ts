import type { ConvSpec } from '../network/spec.ts';
import { paddingAlong } from '../network/windows.ts';
import { activate } from './activate.ts';
import { added, type Tensor, valueAt } from './tensor.ts';
import { extentOf, type Unit } from './unit.ts';
import { type UnitWeights, weightsNamed } from './weights.ts';

/** What a filter reads of one input map. The arrays hold a number a cell of the kernel, in reading order. */
export type ChannelTerms = {
  /** The input map, counted over all groups. */
  readonly channel: number;
  /** Which of the kernel's own channels that is: in groups they begin anew with each. */
  readonly place: number;
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly products: readonly number[];
  /** The cell is in the padding. */
  readonly outside: readonly boolean[];
  readonly sum: number;
};

/** Σ values × weights + bias, then the activation. */
export type ConvolutionArithmetic = {
  readonly kind: 'convolution';
  /** Side of the kernel. */
  readonly size: number;
  readonly dilation: number;
  /** The window's first cell, in the input maps; negative in the padding. */
  readonly top: number;
  readonly left: number;
  /** Only those that the filter is connected to. */
  readonly channels: readonly ChannelTerms[];
  readonly sum: number;
  readonly bias: number;
  readonly biased: number;
  readonly result: number;
  /** Σ |products|: what rounding is measured against. */
  readonly magnitude: number;
};

/** @param weights `kernel` [size, size, inputs / groups], and `bias` where there is one: of the filter, or [rows, columns]. */
export function convolutionArithmetic(
  spec: ConvSpec,
  input: Tensor,
  weights: UnitWeights,
  { map: filter, row, column }: Unit,
): ConvolutionArithmetic {
  const { size, stride, padding, dilation = 1, paddingValue = 0 } = spec;
  const { rows, columns } = extentOf(input.shape);
  const beginOf = (cells: number, window: number): number =>
    window * stride - paddingAlong({ cells, size, stride, padding, dilation })[0];
  const [top, left] = [beginOf(rows, row), beginOf(columns, column)];
  const kernel = weightsNamed(weights, 'kernel');
  const inputs = kernel.shape[2]!;
  const group = Math.floor((filter * (spec.groups ?? 1)) / spec.filters);
  const places = spec.connections?.[filter] ?? Array.from({ length: inputs }, (_, place) => place);
  const channels = places.map((place): ChannelTerms => {
    const channel = group * inputs + place;
    const cells = Array.from({ length: size * size }, (_, cell) => {
      const y = top + Math.floor(cell / size) * dilation;
      const x = left + (cell % size) * dilation;
      const isOutside = y < 0 || x < 0 || y >= rows || x >= columns;
      const value = isOutside ? paddingValue : valueAt(input, y, x, channel);
      const weight = kernel.values[cell * inputs + place]!;
      return { value, weight, product: value * weight, isOutside };
    });
    const products = cells.map(({ product }) => product);
    return {
      channel,
      place,
      values: cells.map(({ value }) => value),
      weights: cells.map(({ weight }) => weight),
      products,
      outside: cells.map(({ isOutside }) => isOutside),
      sum: added(products),
    };
  });
  const sum = added(channels.map((channel) => channel.sum));
  const bias = biasOf(spec, weights, row, column);
  const biased = sum + bias;
  return {
    kind: 'convolution',
    size,
    dilation,
    top,
    left,
    channels,
    sum,
    bias,
    biased,
    result: activate(biased, spec.activation),
    magnitude: Math.abs(bias) + added(channels.map(({ products }) => added(products.map(Math.abs)))),
  };
}

function biasOf({ bias = 'filter' }: ConvSpec, weights: UnitWeights, row: number, column: number): number {
  switch (bias) {
    case 'none':
      return 0;
    case 'filter':
      return weightsNamed(weights, 'bias').values[0]!;
    case 'unit': {
      const { shape, values } = weightsNamed(weights, 'bias');
      return values[row * shape[1]! + column]!;
    }
    default:
      return bias satisfies never;
  }
}
