import { describe, expect, it } from 'vitest';
import { presetIds, presets } from '../../../shared/network/presets/index.ts';
import { families } from './families.ts';

describe('the list of networks', () => {
  it('has every network once', () => {
    expect(families.flatMap((family) => family.presets).sort()).toEqual([...presetIds].sort());
  });

  it('offers all but those that need a folder of images, for which it names a command', () => {
    for (const { presets: members, command } of families) {
      for (const id of members) expect(presets[id].recipe().dataset === 'folder', id).toBe(command !== null);
      expect(command ?? members[0]).toContain(members[0]);
    }
  });

  it('is in the order of the history', () => {
    const years = families.filter(({ command }) => !command).map(({ presets: [id] }) => presets[id!]().year);
    expect(years).toEqual([...years].sort((a, b) => a - b));
  });
});
