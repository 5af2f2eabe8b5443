import type { ByteImage } from '../dataset/resize.ts';
import { greyFromRgb } from '../math/grey.ts';
import type { Plane } from '../math/plane.ts';
import type { BenchImage } from './compute.ts';
import type { Experiment } from './experiment.ts';

/** The bytes of an image of one or three channels as numbers in [0, 1]. One that is grey itself is one plane in either colour. */
export function benchImageFrom(
  { height, width, channels, pixels }: ByteImage,
  colour: Experiment['colour'],
): BenchImage {
  const planeOf = (byteAt: (first: number) => number): Plane => {
    const values = new Float32Array(height * width);
    for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = byteAt(pixel * channels) / 255;
    return { height, width, values };
  };
  if (channels === 1) return { height, width, planes: [planeOf((at) => pixels[at]!)] };
  if (colour === 'rgb') {
    return { height, width, planes: [0, 1, 2].map((channel) => planeOf((at) => pixels[at + channel]!)) };
  }
  return { height, width, planes: [planeOf((at) => greyFromRgb(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!))] };
}
