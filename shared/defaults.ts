import type { NetworkChoice, RunSettings } from './contract.ts';
import { presets } from './network/presets/index.ts';

/** What a run's seed is unless told otherwise. */
const standardSeed = 7;

/** How a network is trained unless told otherwise: by its source's recipe. */
export function settingsFor(network: NetworkChoice): RunSettings {
  const { switches, recipe } = presets[network.preset].choose(network.switches);
  const { optimiser, learningRate, momentum, weightDecay, schedule, augmentation, batch, epochs } = recipe;
  return {
    network: { preset: network.preset, switches },
    dataset: recipe.dataset,
    hyperParameters: {
      ...{ optimiser, learningRate, momentum, weightDecay, augmentation, batch, epochs },
      schedule: structuredClone(schedule) as RunSettings['hyperParameters']['schedule'],
      seed: standardSeed,
    },
  };
}

/** What a newcomer's first Train runs, in the window and without: the textbook LeNet-5 on MNIST. */
export const defaultSettings: RunSettings = settingsFor({ preset: 'lenet5-textbook', switches: {} });
