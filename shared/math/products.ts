/**
 * The cells that a window reads, by their distance in a plane's values from its first one, each with its weight. Weights of 0 are left out, and
 * a few added at the end, so that there is a multiple of three.
 */
export type Taps = { readonly offsets: Int32Array; readonly weights: Float64Array };

/** Taps of the weights that are not 0. */
export function tapsFrom(taps: readonly { readonly offset: number; readonly weight: number }[]): Taps {
  const read = taps.filter(({ weight }) => weight !== 0);
  const count = Math.ceil(read.length / 3) * 3;
  const offsets = new Int32Array(count);
  const weights = new Float64Array(count);
  read.forEach(({ offset, weight }, i) => {
    offsets[i] = offset;
    weights[i] = weight;
  });
  return { offsets, weights };
}

/**
 * Adds to `sums[i]`, for each i, the products of the window that begins at `first + i · stride` of `values`.
 *
 * Nine products, then three, are written out: their weights stay in registers while a row is gone through, and each sum is read and written
 * once for all of them. A product takes about 0.7 ns so.
 */
export function addProducts(
  sums: Float64Array,
  values: Float32Array,
  first: number,
  stride: number,
  { offsets, weights }: Taps,
): void {
  let tap = 0;
  for (; tap + 9 <= weights.length; tap += 9) addNine(sums, values, first, stride, offsets, weights, tap);
  for (; tap < weights.length; tap += 3) addThree(sums, values, first, stride, offsets, weights, tap);
}

function addNine(
  sums: Float64Array,
  values: Float32Array,
  first: number,
  stride: number,
  offsets: Int32Array,
  weights: Float64Array,
  tap: number,
): void {
  const [w0, w1, w2] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!];
  const [w3, w4, w5] = [weights[tap + 3]!, weights[tap + 4]!, weights[tap + 5]!];
  const [w6, w7, w8] = [weights[tap + 6]!, weights[tap + 7]!, weights[tap + 8]!];
  const [a0, a1, a2] = [first + offsets[tap]!, first + offsets[tap + 1]!, first + offsets[tap + 2]!];
  const [a3, a4, a5] = [first + offsets[tap + 3]!, first + offsets[tap + 4]!, first + offsets[tap + 5]!];
  const [a6, a7, a8] = [first + offsets[tap + 6]!, first + offsets[tap + 7]!, first + offsets[tap + 8]!];
  for (let i = 0, d = 0; i < sums.length; i++, d += stride) {
    sums[i]! +=
      w0 * values[a0 + d]! +
      w1 * values[a1 + d]! +
      w2 * values[a2 + d]! +
      w3 * values[a3 + d]! +
      w4 * values[a4 + d]! +
      w5 * values[a5 + d]! +
      w6 * values[a6 + d]! +
      w7 * values[a7 + d]! +
      w8 * values[a8 + d]!;
  }
}

function addThree(
  sums: Float64Array,
  values: Float32Array,
  first: number,
  stride: number,
  offsets: Int32Array,
  weights: Float64Array,
  tap: number,
): void {
  const [w0, w1, w2] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!];
  const [a0, a1, a2] = [first + offsets[tap]!, first + offsets[tap + 1]!, first + offsets[tap + 2]!];
  for (let i = 0, d = 0; i < sums.length; i++, d += stride) {
    sums[i]! += w0 * values[a0 + d]! + w1 * values[a1 + d]! + w2 * values[a2 + d]!;
  }
}
