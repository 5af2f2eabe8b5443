import { preset } from '../preset.ts';
import { alexnetLayers, upgrades } from './layers.ts';
import { imagenetMean, recipe2012 } from './training.ts';

/** AlexNet as in torchvision: the one tower of 2014, narrower, without normalisation. 61,100,840 parameters. */
export const alexnetTorchvision = preset({
  id: 'alexnet-torchvision',
  switches: upgrades,
  network: (switches) => ({
    title: 'AlexNet (torchvision)',
    year: 2014,
    source:
      'torchvision.models.alexnet, after Krizhevsky (2014), “One weird trick for parallelizing convolutional neural networks”',
    departures: ['Biases start at 0; torchvision draws them from U(±1/√F), as it draws the weights'],
    input: [224, 224, 3],
    pixels: { kind: 'standardised', mean: imagenetMean, deviation: [0.229, 0.224, 0.225] },
    initialiser: { kind: 'fan-in', gain: 1, root: true },
    layers: alexnetLayers({
      switches,
      filters: [64, 192, 384, 256, 256],
      padding: [2, 2],
      towers: false,
      alpha: null,
      liftedBiases: false,
      dropout: 'before',
    }),
  }),
  recipe: () => ({
    ...recipe2012,
    learningRate: 0.01,
    weightDecay: 1e-4,
    schedule: { kind: 'step', factor: 0.1, every: 30 },
    augmentation: { crop: { pad: 0 }, flip: true },
    departures: ['Crops have the size of the input; torchvision’s are resized from parts of any size and proportion'],
  }),
});
