import type { Shape } from '../../../shared/tensor/shape.ts';

/** One filter as it is: its weights HWI, and its own bias; null where it has none that can be written. */
export type FilterWeights = {
  readonly filter: number;
  /** [size, size, inputs / groups] */
  readonly shape: Shape;
  readonly weights: Float32Array;
  readonly bias: number | null;
};

/** What can be done to a filter by itself. */
export const filterChanges = ['mute', 'negate', 'rotate', 'flip-horizontal', 'flip-vertical'] as const;
export type FilterChange = (typeof filterChanges)[number];

/**
 * A filter with this done to it. Without a channel, `mute` and `negate` are done to the bias too, so that its map’s sums are 0, or change their sign.
 *
 * @param channel one of the channels that it reads; null for all.
 */
export function changed(old: FilterWeights, change: FilterChange, channel: number | null): FilterWeights {
  const { bias } = old;
  switch (change) {
    case 'mute':
      return { ...eachCell(old, channel, () => 0), bias: channel === null && bias !== null ? 0 : bias };
    case 'negate':
      return {
        ...eachCell(old, channel, (y, x, at) => -at(y, x)),
        bias: channel === null && bias !== null ? -bias : bias,
      };
    case 'rotate': {
      const last = old.shape[0]! - 1;
      return eachCell(old, channel, (y, x, at) => at(last - x, y));
    }
    case 'flip-horizontal': {
      const last = old.shape[1]! - 1;
      return eachCell(old, channel, (y, x, at) => at(y, last - x));
    }
    case 'flip-vertical': {
      const last = old.shape[0]! - 1;
      return eachCell(old, channel, (y, x, at) => at(last - y, x));
    }
    default:
      return change satisfies never;
  }
}

/** A filter with the weights, and without a channel the bias, of another. */
export function copied(old: FilterWeights, other: FilterWeights, channel: number | null): FilterWeights {
  if (channel === null) return { ...old, weights: other.weights.slice(), bias: old.bias === null ? null : other.bias };
  return withPlane(old, channel, planeOf(other, channel));
}

/** What a filter reads of one channel, HW. */
export function planeOf({ shape, weights }: FilterWeights, channel: number): Float32Array<ArrayBuffer> {
  const [height = 0, width = 0, inputs = 0] = shape;
  return Float32Array.from({ length: height * width }, (_, cell) => weights[cell * inputs + channel]!);
}

/** A filter with other weights for one channel, HW. */
export function withPlane(old: FilterWeights, channel: number, plane: ArrayLike<number>): FilterWeights {
  const width = old.shape[1]!;
  return eachCell(old, channel, (y, x) => plane[y * width + x]!);
}

/** Each cell of one channel, or of all, becomes what `change` says. */
function eachCell(
  old: FilterWeights,
  only: number | null,
  change: (row: number, column: number, at: (row: number, column: number) => number) => number,
): FilterWeights {
  const [height = 0, width = 0, inputs = 0] = old.shape;
  const weights = old.weights.slice();
  for (let channel = 0; channel < inputs; channel++) {
    if (only !== null && channel !== only) continue;
    const at = (row: number, column: number): number => old.weights[(row * width + column) * inputs + channel]!;
    for (let row = 0; row < height; row++) {
      // Adding 0 makes +0 of −0, which nobody wants to read.
      for (let column = 0; column < width; column++) {
        weights[(row * width + column) * inputs + channel] = change(row, column, at) + 0;
      }
    }
  }
  return { ...old, weights };
}

export function isSameFilter(one: FilterWeights, other: FilterWeights): boolean {
  return one.bias === other.bias && one.weights.every((weight, i) => weight === other.weights[i]);
}
