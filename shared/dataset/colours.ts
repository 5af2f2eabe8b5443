/** How the channels of training pixels are spread, in bytes: 0–255. */
export type ColourStatistics = {
  /** A number a channel. */
  readonly mean: readonly number[];
  /** Of the whole set of pixels read, not of a sample: divided by their number. */
  readonly deviation: readonly number[];
  /** [channels][channels], in squares of bytes. */
  readonly covariance: readonly (readonly number[])[];
};

/** Pixels read at most: enough for three digits, in a fifth of a second. */
const mostPixels = 4_000_000;

/**
 * Means, deviations and covariance of the channels of all pixels.
 *
 * Of more than `most` pixels every n-th is read, n odd, so that rows of an even length are read at all places. Sums of bytes are whole
 * numbers far below 2⁵³: the order does not matter.
 *
 * @param pixels NHWC bytes.
 */
export function colourStatistics(pixels: Uint8Array, channels: number, most = mostPixels): ColourStatistics {
  const stride = oddFrom(Math.ceil(pixels.length / channels / most));
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels * channels);
  let count = 0;
  for (let at = 0; at + channels <= pixels.length; at += stride * channels) {
    for (let i = 0; i < channels; i++) {
      const value = pixels[at + i]!;
      sums[i]! += value;
      for (let j = 0; j <= i; j++) products[i * channels + j]! += value * pixels[at + j]!;
    }
    count += 1;
  }
  const indices = Array.from({ length: channels }, (_, index) => index);
  const covarianceOf = (i: number, j: number): number => {
    const product = products[Math.max(i, j) * channels + Math.min(i, j)]!;
    return product / count - (sums[i]! / count) * (sums[j]! / count);
  };
  return {
    mean: indices.map((i) => sums[i]! / count),
    deviation: indices.map((i) => Math.sqrt(Math.max(0, covarianceOf(i, i)))),
    covariance: indices.map((i) => indices.map((j) => covarianceOf(i, j))),
  };
}

function oddFrom(number: number): number {
  const least = Math.max(1, number);
  return least % 2 === 1 ? least : least + 1;
}
