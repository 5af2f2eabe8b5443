import { preset } from '../preset.ts';
import { alexnetLayers, allUpgrades } from './layers.ts';
import { centredDeparture, centredPixels, recipe2012 } from './training.ts';

/** AlexNet with its filters in one tower: every map of conv2, 4 and 5 sees all maps before it. 62,378,344 parameters. */
export const alexnetOneTower = preset({
  id: 'alexnet-one-tower',
  switches: allUpgrades,
  network: (switches) => ({
    title: 'AlexNet (one tower)',
    year: 2012,
    source: 'After Krizhevsky, Sutskever and Hinton (2012), NIPS 25, without the split between two GPUs',
    departures: [
      'conv2, 4 and 5 read all maps before them; in the paper those of their own GPU',
      'conv1 is padded by three pixels at the right and at the bottom, so that 224 pixels give 55 cells',
      centredDeparture,
    ],
    input: [224, 224, 3],
    pixels: centredPixels,
    initialiser: { kind: 'normal', deviation: 0.01 },
    layers: alexnetLayers({
      switches,
      filters: [96, 256, 384, 384, 256],
      padding: [0, 3],
      towers: false,
      alpha: switches.lrn === 'on' ? 1e-4 : null,
      liftedBiases: true,
      dropout: 'after',
    }),
  }),
  recipe: () => recipe2012,
});
