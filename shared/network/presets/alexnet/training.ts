import type { Recipe } from '../../../training/recipe.ts';
import type { PixelScale } from '../../spec.ts';

/** ImageNet's mean colour, as shares of 255. */
export const imagenetMean = [0.485, 0.456, 0.406] as const;

/** Raw values 0–255, centred on ImageNet's mean colour. */
export const centredPixels: PixelScale = {
  kind: 'standardised',
  mean: imagenetMean,
  deviation: [1 / 255, 1 / 255, 1 / 255],
};

/** Said by every preset that uses `centredPixels`. */
export const centredDeparture =
  'The mean colour of ImageNet is subtracted from every pixel; the paper subtracts each pixel’s own mean over the training set';

/** Krizhevsky et al. (2012), §4 and §5. */
export const recipe2012: Recipe = {
  dataset: 'folder',
  optimiser: 'momentum',
  learningRate: 0.0025,
  momentum: 0.9,
  weightDecay: 5e-4,
  schedule: { kind: 'plateau', factor: 0.1, patience: 5 },
  batch: 32,
  epochs: 90,
  augmentation: { crop: { pad: 0 }, flip: true, colour: 0.1 },
  departures: [
    'Batches of 32 with a rate of 0.0025 stand for 128 and 0.01, so that a step takes about a second on two cores',
    'The rate falls when the test error has not improved for five epochs; in the paper by hand, three times',
  ],
};
