import { benchImageFrom } from '../../shared/bench/bench-image.ts';
import type { BenchImage } from '../../shared/bench/compute.ts';
import type { Experiment } from '../../shared/bench/experiment.ts';
import type { ByteImage } from '../../shared/dataset/resize.ts';
import { fitted } from './fitted.ts';

/** The image at the size and in the colour at work, in [0, 1]. One that is grey itself is one plane in either colour. */
export function workingImage(image: ByteImage, { side, colour }: Pick<Experiment, 'side' | 'colour'>): BenchImage {
  return benchImageFrom(fitted(image, side), colour);
}
