import { preset } from '../preset.ts';
import { alexnetLayers, allUpgrades } from './layers.ts';
import { centredDeparture, centredPixels, recipe2012 } from './training.ts';

/**
 * AlexNet as the code that was released trains it: the first normalisation sees sums, and the ReLU sits on pool1; α is divided by the
 * window of five; conv3 to 5 start three times wider. 60,965,224 parameters, as in the paper.
 */
export const alexnetReleased = preset({
  id: 'alexnet-released',
  switches: allUpgrades,
  network: (switches) => ({
    title: 'AlexNet (2012, released code)',
    year: 2012,
    source: 'Krizhevsky’s cuda-convnet and its ILSVRC-2012 layer definitions, after Krizhevsky et al. (2012), NIPS 25',
    departures: [centredDeparture],
    input: [224, 224, 3],
    pixels: centredPixels,
    initialiser: { kind: 'normal', deviation: 0.01 },
    layers: alexnetLayers({
      switches,
      filters: [96, 256, 384, 384, 256],
      padding: [0, 3],
      towers: true,
      alpha: switches.lrn === 'on' ? 2e-5 : null,
      activationAfterPool1: true,
      liftedBiases: true,
      deep: { kind: 'normal', deviation: 0.03 },
      dropout: 'after',
    }),
  }),
  recipe: () => recipe2012,
});
