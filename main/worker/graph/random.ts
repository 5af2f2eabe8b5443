import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output, uint64 } from './graph.ts';

/** What random numbers are drawn for: uses keep their streams apart by starting from these. */
export const streams = { weights: 0x10000, dropout: 0x20000, augmentation: 0x30000 } as const;

/**
 * Where random numbers come from. All are functions of (seed, stream, step) and of their place in the row drawn:
 * nothing is kept between steps.
 */
export type Source = {
  /** int32 scalar. */
  readonly seed: Output;
  readonly stream: number;
  /** int32 scalar. */
  readonly step: Output;
};

/** Uniform: [0, 1), in steps of 2⁻²³. Normal: mean 0, deviation 1 (Box–Muller). */
export type Distribution = 'uniform' | 'normal';

/** TensorFlow's number for Philox. */
const philox = 1;

/** Numbers that one count of Philox gives. */
const numbersACount = 4;

/**
 * Numbers `first` to `first + count` of the endless row at `source`; float32 [count].
 *
 * Philox4x32-10, keyed with (stream, seed) and counted from (0, 0, step, 0), as `shared/random/philox.ts` has it: number i is in
 * count ⌊i / 4⌋. So a tower draws its own part of a batch's numbers, and they are the same however many towers there are.
 */
export function draw(
  math: Arithmetic,
  distribution: Distribution,
  { seed, stream, step }: Source,
  first: number,
  count: number,
): Output {
  const { graph } = math;
  const words = (low: Output, high: Output): Output =>
    graph.op(
      'Bitcast',
      [math.pack([low, high], 0)],
      { T: { type: int32 }, type: { type: uint64 } },
      { types: [uint64] },
    );
  const key = math.reshape(words(graph.integer(stream), seed), [1]);
  const start = Math.floor(first / numbersACount);
  const counter = math.pack([words(graph.integer(start), graph.integer(0)), words(step, graph.integer(0))], 0);
  const skipped = first - start * numbersACount;
  const row = graph.op(
    distribution === 'uniform' ? 'StatelessRandomUniformV2' : 'StatelessRandomNormalV2',
    [graph.integers([skipped + count]), key, counter, graph.integer(philox)],
    { dtype: { type: float32 }, Tshape: { type: int32 } },
  );
  return skipped === 0 ? row : math.slice(row, [skipped], [count]);
}
