import type { KnownDataset } from '../dataset/known.ts';
import type { Optimiser } from './optimiser.ts';
import type { Schedule } from './schedule.ts';

/** What happens to training images on their way in; each drawn anew for every image and step, never in evaluation. */
export type Augmentation = {
  /** Moved by up to so many whole pixels along each axis; what comes in is background. */
  readonly shift?: number;
  /** Padded by so many pixels of background on each side (0: an image larger than the input), and cut to the input's size anywhere. */
  readonly crop?: { readonly pad: number };
  /** Left and right swapped for every other image. */
  readonly flip?: boolean;
  /** Noise along the principal components of the training pixels' colours, with this deviation (Krizhevsky et al., 2012, §4.1). */
  readonly colour?: number;
};

/** How a network is trained: what its source says, but for what `departures` says. */
export type Recipe = {
  readonly dataset: KnownDataset;
  readonly optimiser: Optimiser;
  /** The base rate; a table of rates stands instead of it. */
  readonly learningRate: number;
  /** μ of `momentum`, `nesterov` and `rmsprop`, β₁ of `adam`; 0 with `sgd`. */
  readonly momentum: number;
  readonly weightDecay: number;
  readonly schedule: Schedule;
  readonly batch: number;
  readonly epochs: number;
  readonly augmentation: Augmentation;
  /** What differs from the source's training, a sentence each. */
  readonly departures: readonly string[];
};
