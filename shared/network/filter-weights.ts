import type { Shape } from '../tensor/shape.ts';

/**
 * Where one filter's weights stand in an HWIO kernel, in reading order: HWI, or HW of one input channel.
 *
 * @param channel null for all that the filter reads; in groups, the i-th channel of its own group.
 */
function placesOf(shape: Shape, filter: number, channel: number | null): number[] {
  const [height = 0, width = 0, inputs = 0, filters = 0] = shape;
  const channels = channel === null ? Array.from({ length: inputs }, (_, input) => input) : [channel];
  return Array.from({ length: height * width }, (_, cell) =>
    channels.map((input) => (cell * inputs + input) * filters + filter),
  ).flat();
}

/** One filter's weights, copied out of an HWIO kernel: HWI, or HW where `channel` names one input channel. */
export function filterWeights(
  kernel: Float32Array,
  shape: Shape,
  filter: number,
  channel: number | null,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(placesOf(shape, filter, channel), (place) => kernel[place]!);
}

/** Writes one filter's weights into an HWIO kernel, as `filterWeights` gives them. */
export function setFilterWeights(
  kernel: Float32Array,
  shape: Shape,
  filter: number,
  channel: number | null,
  weights: ArrayLike<number>,
): void {
  for (const [index, place] of placesOf(shape, filter, channel).entries()) kernel[place] = weights[index]!;
}
