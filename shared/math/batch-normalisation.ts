import { type Maps, mapsOf, valueOf } from './maps.ts';

/** A number a map each. */
export type Moments = { readonly mean: Float64Array; readonly variance: Float64Array };

/** The mean and the variance (divided by n = N·H·W) of each map over all images and cells, in float64. */
export function momentsOf({ shape, values }: Maps): Moments {
  const channels = shape[3];
  const count = values.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  values.forEach((value, index) => (mean[index % channels]! += value / count));
  values.forEach((value, index) => (variance[index % channels]! += (value - mean[index % channels]!) ** 2 / count));
  return { mean, variance };
}

/** scale · (x − mean) / √(variance + ε) + shift (Ioffe and Szegedy, 2015), in float64. */
export function batchNormalisation(
  maps: Maps,
  { mean, variance }: Moments,
  scale: Float64Array,
  shift: Float64Array,
  epsilon: number,
): Maps {
  return mapsOf(maps.shape, (image, y, x, map) => {
    const centred = valueOf(maps, image, y, x, map, 0) - mean[map]!;
    return (scale[map]! * centred) / Math.sqrt(variance[map]! + epsilon) + shift[map]!;
  });
}
