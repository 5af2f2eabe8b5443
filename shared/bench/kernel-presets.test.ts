import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { benchKernelSchema, kernelPresetIds, type KernelParameters } from './experiment.ts';
import { kernelParameters, kernelPreset } from './kernel-presets.ts';

const others: Required<KernelParameters> = { size: 9, sigma: 2, angle: 40, wavelength: 6, seed: 77 };

describe.each(kernelPresetIds)('the preset %s', (id) => {
  it('is a kernel that the bench may hold, at every size', () => {
    for (let size = 1; size <= 11; size++) {
      const kernel = kernelPreset(id, { size });
      expect(v.parse(benchKernelSchema, kernel)).toEqual(kernel);
      expect(kernel.origin).toEqual({ kind: 'preset', id });
      if (kernelParameters[id].includes('size')) expect([kernel.height, kernel.width]).toEqual([size, size]);
    }
  });

  it('depends on the numbers that it says, and on no others', () => {
    for (const name of Object.keys(others) as (keyof KernelParameters)[]) {
      const changed = kernelPreset(id, { [name]: others[name] }).weights;
      if (kernelParameters[id].includes(name)) expect(changed).not.toEqual(kernelPreset(id).weights);
      else expect(changed).toEqual(kernelPreset(id).weights);
    }
  });
});
