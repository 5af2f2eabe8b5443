import { describe, expect, it } from 'vitest';
import { presetIds, presets, type SwitchOptions } from '../../../shared/network/presets/index.ts';
import { switchNames } from './switch-names.ts';

describe('the switches', () => {
  it.each(presetIds)('of %s have a name, and so has every setting', (id) => {
    const options: SwitchOptions = presets[id].switches;
    for (const [name, settings] of Object.entries(options)) {
      expect(switchNames[name]?.legend(), name).toBeTruthy();
      for (const setting of settings) expect(switchNames[name]?.settings[setting]?.label(), setting).toBeTruthy();
    }
  });
});
