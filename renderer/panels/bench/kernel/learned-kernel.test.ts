import { describe, expect, it } from 'vitest';
import type { BenchKernel } from '../../../../shared/bench/experiment.ts';
import type { LearnedLayer } from '../../../state/learned.svelte.ts';
import { benchKernel, fitInto, isConnected, isOffered } from './learned-kernel.ts';

const layer = (shape: number[], connections: LearnedLayer['connections'] = null): LearnedLayer => ({
  name: 'C1',
  shape,
  connections,
});
const kernel: BenchKernel = { origin: { kind: 'own' }, height: 1, width: 2, channels: 1, weights: [5, 7] };

describe('a kernel of the network on the bench', () => {
  // HWIO: one row, two columns, three input channels, two filters.
  const kernels = { shape: [1, 2, 3, 2], values: Float32Array.from({ length: 12 }, (_, i) => i), step: 40 };

  it('is one plane for one input channel', () => {
    expect(benchKernel(kernels, { layer: 'C1', filter: 1, channel: 2 })).toEqual({
      origin: { kind: 'learned', layer: 'C1', filter: 1, channel: 2, step: 40 },
      height: 1,
      width: 2,
      channels: 1,
      weights: [5, 11],
    });
  });

  it('is three planes for an image of three channels', () => {
    expect(benchKernel(kernels, { layer: 'C1', filter: 0, channel: null })).toMatchObject({
      channels: 3,
      weights: [0, 2, 4, 6, 8, 10],
    });
  });
});

describe('a kernel of the bench for the network', () => {
  it('goes as it is where it fits', () => {
    expect(fitInto(kernel, layer([1, 2, 1, 6]), 0)).toEqual({
      weights: [5, 7],
      size: 'as-it-is',
      planes: 'as-they-are',
    });
  });

  it('gets a border of zeros where the layer has larger ones', () => {
    expect(fitInto(kernel, layer([3, 4, 1, 6]), 0)).toMatchObject({
      weights: [0, 0, 0, 0, 0, 5, 7, 0, 0, 0, 0, 0],
      size: 'padded',
    });
  });

  it('is cut to its middle where the layer has smaller ones', () => {
    const wide = { ...kernel, width: 3, weights: [1, 2, 3] };
    expect(fitInto(wide, layer([1, 1, 1, 6]), 0)).toMatchObject({ weights: [2], size: 'cut' });
  });

  it('is repeated for three channels, and averaged from three', () => {
    expect(fitInto(kernel, layer([1, 2, 3, 6]), null)).toMatchObject({
      weights: [5, 5, 5, 7, 7, 7],
      planes: 'repeated',
    });
    const coloured: BenchKernel = { ...kernel, width: 1, channels: 3, weights: [1, 2, 6] };
    expect(fitInto(coloured, layer([1, 1, 1, 6]), 0)).toMatchObject({ weights: [3], planes: 'averaged' });
  });
});

describe('a layer', () => {
  it('is not offered if its kernels are larger than the bench holds', () => {
    expect([layer([11, 11, 3, 96]), layer([12, 12, 3, 96])].map(isOffered)).toEqual([true, false]);
  });

  it('may have filters that do not read all channels', () => {
    const some = layer([5, 5, 6, 2], [[0, 1], [5]]);
    expect([isConnected(some, 0, 1), isConnected(some, 1, 1), isConnected(some, 1, 5)]).toEqual([true, false, true]);
    expect(isConnected(layer([5, 5, 6, 2]), 1, 4)).toBe(true);
  });
});
