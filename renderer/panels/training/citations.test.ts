import { describe, expect, it } from 'vitest';
import { presetIds, presets } from '../../../shared/network/presets/index.ts';
import { combinations } from '../../../shared/network/presets/testing/combinations.ts';
import { isTranslated } from './citations.ts';

/** Titles without a word in them. */
const names = /^(LeNet-1|LeNet-5 \(1998\)|AlexNet \(torchvision\)|(Plain|ResNet)-\d+)$/;

describe.each(presetIds)('all that the preset %s says of itself', (id) => {
  const chosen = combinations(presets[id].switches).map((switches) => presets[id].choose(switches));

  it('is translated: its title, if that is more than a name, and its source', () => {
    for (const { network } of chosen) {
      if (!names.test(network.title)) expect(network.title).toSatisfy(isTranslated);
      expect(network.source).toSatisfy(isTranslated);
    }
  });

  it('is translated: what differs from the source, in the network and in its training, whatever the switches', () => {
    for (const { network, recipe } of chosen) {
      for (const sentence of [...network.departures, ...recipe.departures]) expect(sentence).toSatisfy(isTranslated);
    }
  });
});
