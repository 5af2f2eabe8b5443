import type { Recipe } from '../../../training/recipe.ts';
import { preset } from '../preset.ts';
import { type Depth, type Family, residualLayers } from './layers.ts';

/**
 * A net of depth 6n + 2 for 32×32 pixels, with shortcuts or plain: 20, 32, 56 or 110 layers with weights.
 * 269,722, 464,154, 853,018 or 1,727,962 parameters, the same with and without shortcuts, which have none (the paper rounds to
 * 0.27, 0.46, 0.85 and 1.7 million). Reported on CIFAR-10: ResNet-20 8.75 %, 32 7.51 %, 56 6.97 %, 110 6.43 % test error.
 */
function net(family: Family, depth: Depth) {
  return preset({
    id: `${family}-${depth}`,
    switches: {},
    network: () => ({
      title: family === 'residual' ? `ResNet-${depth}` : `Plain-${depth}`,
      year: 2015,
      source: 'He, Zhang, Ren and Sun (2015), “Deep residual learning for image recognition”, §4.2',
      departures: [
        'Pixels are standardised channel by channel; the paper subtracts each pixel’s own mean over the training set',
      ],
      input: [32, 32, 3],
      pixels: { kind: 'standardised', mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] },
      initialiser: { kind: 'he' },
      layers: residualLayers(family, depth),
    }),
    recipe: () => recipeOf(depth),
  });
}

/** §4.2: 64,000 steps of 128, a tenth of the rate from 32,000 and from 48,000 on; with 110 layers 0.01 for the first 400. */
function recipeOf(depth: Depth): Recipe {
  const first =
    depth === 110
      ? ([
          [1, 0.01],
          [81, 0.1],
        ] as const)
      : ([[82, 0.1]] as const);
  return {
    dataset: 'cifar10',
    optimiser: 'momentum',
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-4,
    schedule: { kind: 'table', rates: [...first, [41, 0.01], [41, 0.001]] },
    batch: 128,
    epochs: 164,
    augmentation: { crop: { pad: 4 }, flip: true },
    departures: [
      'All 50,000 training images are used; the paper keeps 5,000 of them for validation',
      'Scales and shifts of the normalisation do not decay',
    ],
  };
}

export const plain20 = net('plain', 20);
export const plain32 = net('plain', 32);
export const plain56 = net('plain', 56);
export const plain110 = net('plain', 110);
export const residual20 = net('residual', 20);
export const residual32 = net('residual', 32);
export const residual56 = net('residual', 56);
export const residual110 = net('residual', 110);
