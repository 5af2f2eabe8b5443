import { preset } from '../preset.ts';
import { alexnetLayers, allUpgrades } from './layers.ts';
import { centredDeparture, centredPixels, recipe2012 } from './training.ts';

/**
 * AlexNet as the paper describes it: two towers that meet in conv3, normalisation after ReLU. 60,965,224 parameters, 659,272 units.
 *
 * Its 224 pixels give 55 windows of 11 with stride 4 only when the last one reaches three pixels over the edge: the padding of conv1.
 */
export const alexnet = preset({
  id: 'alexnet',
  switches: allUpgrades,
  network: (switches) => ({
    title: 'AlexNet (2012, paper)',
    year: 2012,
    source: 'Krizhevsky, Sutskever and Hinton (2012), NIPS 25, §3.5, figure 2',
    departures: [
      'conv1 is padded by three pixels at the right and at the bottom, as the released code does, so that 224 pixels give the 55 cells of the paper',
      centredDeparture,
    ],
    input: [224, 224, 3],
    pixels: centredPixels,
    initialiser: { kind: 'normal', deviation: 0.01 },
    layers: alexnetLayers({
      switches,
      filters: [96, 256, 384, 384, 256],
      padding: [0, 3],
      towers: true,
      alpha: switches.lrn === 'on' ? 1e-4 : null,
      liftedBiases: true,
      dropout: 'after',
    }),
  }),
  recipe: () => recipe2012,
});
