import { describe, expect, it } from 'vitest';
import { presetIds, presets } from '../../../shared/network/presets/index.ts';
import { departures, sources } from './citations.ts';

describe('the citation of a preset', () => {
  it.each(presetIds)('of %s is translated, with as many departures as the preset states', (id) => {
    expect(sources[id]).toBeDefined();
    expect(departures[id]).toHaveLength(presets[id]({}).departures.length);
  });
});
