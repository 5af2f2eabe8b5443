import type { Kernel } from '../math/correlate.ts';
import { box, fixedKernels, gabor, gaussian, identity, laplacianOfGaussian, uniform } from '../math/kernels.ts';
import type { BenchKernel, KernelParameters, KernelPresetId } from './experiment.ts';

/** The numbers that each preset depends on; none has the others' weights given once and for all. */
export const kernelParameters: Record<KernelPresetId, readonly (keyof KernelParameters)[]> = {
  'sobel-x': [],
  'sobel-y': [],
  'prewitt-x': [],
  'prewitt-y': [],
  'scharr-x': [],
  'scharr-y': [],
  'roberts-x': [],
  'roberts-y': [],
  laplacian: [],
  'laplacian-8': [],
  log: ['size', 'sigma'],
  sharpen: [],
  emboss: [],
  box: ['size'],
  gaussian: ['size', 'sigma'],
  gabor: ['size', 'angle', 'wavelength'],
  identity: ['size'],
  random: ['size', 'seed'],
};

/** What each number is unless one says otherwise. */
export const usualNumbers: Required<KernelParameters> = { size: 5, sigma: 1, angle: 0, wavelength: 4, seed: 1 };

/** A well-known kernel for the bench: one plane of weights, for all channels alike. */
export function kernelPreset(id: KernelPresetId, parameters: KernelParameters = {}): BenchKernel {
  const { height, width, values } = weightsOf(id, { ...usualNumbers, ...parameters });
  return { origin: { kind: 'preset', id }, height, width, channels: 1, weights: Array.from(values) };
}

function weightsOf(id: KernelPresetId, parameters: Required<KernelParameters>): Kernel {
  const { size, sigma, angle, wavelength, seed } = parameters;
  switch (id) {
    case 'log':
      return laplacianOfGaussian(size, sigma);
    case 'box':
      return box(size);
    case 'gaussian':
      return gaussian(size, sigma);
    case 'gabor':
      return gabor(size, angle, wavelength);
    case 'identity':
      return identity(size);
    case 'random':
      return uniform(size, seed);
    default:
      return fixedKernels[id];
  }
}
