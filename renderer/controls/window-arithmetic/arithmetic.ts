import type { ColourScale } from '../../colours/colour-scale.ts';

/** One channel of a window. The arrays hold a number a cell, row by row. */
export type WindowChannel = {
  /** Its short name, such as R. */
  readonly name: string;
  /** What it stands for on the screen: the values of a red channel are drawn from black to red. */
  readonly tint: 'none' | 'red' | 'green' | 'blue';
  readonly values: readonly number[];
  /** As they are applied: a convolution's are turned. */
  readonly weights: readonly number[];
  readonly products: readonly number[];
  /** The cell is in the padding. */
  readonly outside: readonly boolean[];
  readonly sum: number;
};

/** How one number of a map comes about: values × weights, summed, + bias, through the activation. */
export type Arithmetic = {
  /** Cells of the window. */
  readonly height: number;
  readonly width: number;
  readonly channels: readonly WindowChannel[];
  readonly sum: number;
  readonly bias: number;
  readonly biased: number;
  readonly activated: number;
  /** How it is drawn; the same for all windows of a map, so that nothing jumps from one to the next. */
  readonly scales: { readonly values: ColourScale; readonly weights: ColourScale; readonly products: ColourScale };
};

/** A cell of the window. */
export type TermPlace = { readonly channel: number; readonly cell: number };

/** How many products there are. */
export function termCount({ height, width, channels }: Arithmetic): number {
  return height * width * channels.length;
}

/** Where the term number `index` stands, if the channels follow each other. */
export function termPlace({ height, width }: Arithmetic, index: number): TermPlace {
  const cells = height * width;
  return { channel: Math.floor(index / cells), cell: index % cells };
}

/** The sum of the first `count` products. */
export function sumOfFirst({ channels }: Arithmetic, count: number): number {
  let sum = 0;
  let left = count;
  for (const { products } of channels) {
    for (let i = 0; i < products.length && left > 0; i++, left--) sum += products[i]!;
  }
  return sum;
}

/** The sum of the first `count` products of one channel, or of those that are in it. */
export function channelSumOfFirst(arithmetic: Arithmetic, channel: number, count: number): number {
  const { height, width, channels } = arithmetic;
  const inside = Math.max(0, Math.min(height * width, count - channel * height * width));
  return sumOfFirst({ ...arithmetic, channels: [channels[channel]!] }, inside);
}

/** The sum of each row of one channel's products. */
export function rowSums({ width }: Arithmetic, { products }: WindowChannel): number[] {
  const sums: number[] = [];
  for (let i = 0; i < products.length; i += width) {
    sums.push(products.slice(i, i + width).reduce((sum, product) => sum + product, 0));
  }
  return sums;
}
