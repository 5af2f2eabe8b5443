import { describe, expect, it } from 'vitest';
import { presets } from '../../../shared/network/presets/index.ts';
import { departures, sources } from './citations.ts';
import { offeredPresets } from './offered-presets.ts';

describe('the citation of a preset', () => {
  it.each(offeredPresets)('of %s is translated, with as many departures as the preset states', (id) => {
    expect(sources[id]).toBeDefined();
    expect(departures[id]).toHaveLength(presets[id]().departures.length);
  });
});
