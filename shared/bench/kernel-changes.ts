import { type BenchKernel, largestKernel } from './experiment.ts';

/** A kernel with the weight that `weightAt` says for each place: numbers of one's own. */
function own(
  { height, width, channels }: Pick<BenchKernel, 'height' | 'width' | 'channels'>,
  weightAt: (row: number, column: number, channel: number) => number,
): BenchKernel {
  const weights: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Adding 0 makes +0 of −0, which nobody wants to read.
      for (let channel = 0; channel < channels; channel++) weights.push(weightAt(row, column, channel) + 0);
    }
  }
  return { origin: { kind: 'own' }, height, width, channels, weights };
}

/** The weight at a place; 0 beyond the kernel. */
export function weightAt(kernel: BenchKernel, row: number, column: number, channel = 0): number {
  if (row < 0 || column < 0 || row >= kernel.height || column >= kernel.width) return 0;
  return kernel.weights[(row * kernel.width + column) * kernel.channels + channel]!;
}

/** Turned clockwise by so many quarter turns; anticlockwise if negative. */
export function rotated(kernel: BenchKernel, quarterTurns: number): BenchKernel {
  const { height, width } = kernel;
  switch (((quarterTurns % 4) + 4) % 4) {
    case 1:
      return own({ ...kernel, height: width, width: height }, (y, x, channel) =>
        weightAt(kernel, height - 1 - x, y, channel),
      );
    case 2:
      return own(kernel, (y, x, channel) => weightAt(kernel, height - 1 - y, width - 1 - x, channel));
    case 3:
      return own({ ...kernel, height: width, width: height }, (y, x, channel) =>
        weightAt(kernel, x, width - 1 - y, channel),
      );
    default:
      return kernel;
  }
}

/** `horizontal`: left becomes right. `vertical`: top becomes bottom. */
export function flipped(kernel: BenchKernel, direction: 'horizontal' | 'vertical'): BenchKernel {
  return direction === 'horizontal'
    ? own(kernel, (y, x, channel) => weightAt(kernel, y, kernel.width - 1 - x, channel))
    : own(kernel, (y, x, channel) => weightAt(kernel, kernel.height - 1 - y, x, channel));
}

export function negated(kernel: BenchKernel): BenchKernel {
  return own(kernel, (y, x, channel) => -weightAt(kernel, y, x, channel));
}

/**
 * Scaled so that the weights add up to 1, which leaves a flat field as bright as it is; where they add up to 0, as those of an edge
 * detector do, so that their sizes add up to 1. A kernel of zeros stays as it is.
 */
export function normalised(kernel: BenchKernel): BenchKernel {
  const sizes = kernel.weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  if (sizes === 0) return kernel;
  const sum = kernel.weights.reduce((total, weight) => total + weight, 0);
  // What rounding leaves of a sum of 0 is no sum.
  const scale = Math.abs(sum) > sizes * 1e-9 ? sum : sizes;
  return own(kernel, (y, x, channel) => weightAt(kernel, y, x, channel) / scale);
}

/** With another weight at one place. */
export function withWeight(
  kernel: BenchKernel,
  row: number,
  column: number,
  channel: number,
  weight: number,
): BenchKernel {
  const at = (row * kernel.width + column) * kernel.channels + channel;
  return { ...kernel, origin: { kind: 'own' }, weights: kernel.weights.with(at, weight) };
}

/**
 * Another height and width, 1 to 11: the middle stays where it is, what is new around it is 0, what is beyond is cut off. Of an odd
 * difference the larger half is added or cut at the right and the bottom.
 */
export function resized(kernel: BenchKernel, height: number, width: number): BenchKernel {
  if (height === kernel.height && width === kernel.width) return kernel;
  const sides = [height, width].map((side) => Math.min(largestKernel, Math.max(1, side)));
  const [rows, columns] = [sides[0]!, sides[1]!];
  const before = (from: number, to: number): number => Math.trunc((from - to) / 2);
  const down = before(kernel.height, rows);
  const right = before(kernel.width, columns);
  return own({ ...kernel, height: rows, width: columns }, (y, x, channel) =>
    weightAt(kernel, y + down, x + right, channel),
  );
}

/** For three channels from one: the same weights for each, which changes no map. For one from three: their mean. */
export function withChannels(kernel: BenchKernel, channels: BenchKernel['channels']): BenchKernel {
  if (channels === kernel.channels) return kernel;
  return own({ ...kernel, channels }, (y, x) => {
    const weights = Array.from({ length: kernel.channels }, (_, channel) => weightAt(kernel, y, x, channel));
    return weights.reduce((a, b) => a + b) / weights.length;
  });
}
