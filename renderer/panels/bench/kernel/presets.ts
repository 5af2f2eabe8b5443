import type { BenchKernel, KernelParameters, KernelPresetId } from '../../../../shared/bench/experiment.ts';
import { kernelParameters, kernelPreset, usualNumbers } from '../../../../shared/bench/kernel-presets.ts';
import { m } from '../../../messages/compiled/messages.js';

/** Presets as the gallery groups them. */
export const presetGroups: readonly { readonly title: () => string; readonly ids: readonly KernelPresetId[] }[] = [
  {
    title: m.bench_kernel_group_edges,
    ids: ['sobel-x', 'sobel-y', 'prewitt-x', 'prewitt-y', 'scharr-x', 'scharr-y', 'roberts-x', 'roberts-y'],
  },
  { title: m.bench_kernel_group_second, ids: ['laplacian', 'laplacian-8', 'log'] },
  { title: m.bench_kernel_group_smoothing, ids: ['box', 'gaussian'] },
  { title: m.bench_kernel_group_others, ids: ['sharpen', 'emboss', 'gabor', 'identity', 'random'] },
];

type Parameter = keyof KernelParameters;

/** What each preset starts with. */
const starting: Readonly<Partial<Record<KernelPresetId, KernelParameters>>> = {
  log: { size: 9, sigma: 1.4 },
  box: { size: 3 },
  gaussian: { size: 5, sigma: 1 },
  gabor: { size: 11, wavelength: 5 },
  identity: { size: 3 },
  random: { size: 3 },
};

/** The slider of a parameter: its ends, its step, and where typing may go. */
export const parameterRanges: Readonly<
  Record<
    Exclude<Parameter, 'seed'>,
    { least: number; most: number; step: number; bounds: readonly [number, number]; unit?: string }
  >
> = {
  size: { least: 3, most: 11, step: 2, bounds: [1, 11] },
  sigma: { least: 0.3, most: 4, step: 0.05, bounds: [0.1, 10] },
  angle: { least: 0, most: 175, step: 5, bounds: [0, 180], unit: '°' },
  wavelength: { least: 2, most: 12, step: 0.5, bounds: [1, 50] },
};

export function parametersOf(id: KernelPresetId): readonly Parameter[] {
  return kernelParameters[id];
}

/** All that a preset's kernel was made with. */
export function parameterValues(id: KernelPresetId, chosen: KernelParameters = {}): Required<KernelParameters> {
  return { ...usualNumbers, ...starting[id], ...chosen };
}

/** A preset's kernel; what was chosen stays with it, so that its sliders stand where they were left. */
export function presetKernel(id: KernelPresetId, chosen: KernelParameters = {}): BenchKernel {
  const kernel = kernelPreset(id, parameterValues(id, chosen));
  return Object.keys(chosen).length === 0 ? kernel : { ...kernel, origin: { kind: 'preset', id, parameters: chosen } };
}
