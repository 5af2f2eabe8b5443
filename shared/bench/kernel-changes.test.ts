import { describe, expect, it } from 'vitest';
import type { BenchKernel } from './experiment.ts';
import {
  flipped,
  negated,
  normalised,
  resized,
  rotated,
  weightAt,
  withChannels,
  withWeight,
} from './kernel-changes.ts';
import { kernelPreset } from './kernel-presets.ts';

/** 2×3: 1 2 3 over 4 5 6. */
const kernel: BenchKernel = {
  origin: { kind: 'preset', id: 'emboss' },
  height: 2,
  width: 3,
  channels: 1,
  weights: [1, 2, 3, 4, 5, 6],
};
const coloured: BenchKernel = { ...kernel, height: 1, width: 2, channels: 3 };

describe('a kernel', () => {
  it('is turned clockwise by quarter turns', () => {
    expect(rotated(kernel, 1)).toMatchObject({ height: 3, width: 2, weights: [4, 1, 5, 2, 6, 3] });
    expect(rotated(kernel, 2)).toMatchObject({ height: 2, width: 3, weights: [6, 5, 4, 3, 2, 1] });
    expect(rotated(kernel, -1)).toEqual(rotated(kernel, 3));
    expect(rotated(kernel, 4)).toBe(kernel);
    // Brighter to the right, turned clockwise, is brighter below.
    expect(rotated(kernelPreset('sobel-x'), 1).weights).toEqual(kernelPreset('sobel-y').weights);
  });

  it('is flipped sideways and upside down', () => {
    expect(flipped(kernel, 'horizontal').weights).toEqual([3, 2, 1, 6, 5, 4]);
    expect(flipped(kernel, 'vertical').weights).toEqual([4, 5, 6, 1, 2, 3]);
  });

  it('is negated, without a −0', () => {
    expect(negated({ ...kernel, weights: [0, 1, -2, 0, 0, 0] }).weights).toEqual([0, -1, 2, 0, 0, 0]);
  });

  it('is normalised to a sum of 1, or to sizes that add up to 1 where the sum is 0', () => {
    expect(normalised({ ...kernel, weights: [1, 1, 1, 1, 2, -2] }).weights).toEqual([
      0.25, 0.25, 0.25, 0.25, 0.5, -0.5,
    ]);
    const edges = normalised(kernelPreset('sobel-x')).weights;
    expect(edges).toEqual([-0.125, 0, 0.125, -0.25, 0, 0.25, -0.125, 0, 0.125]);
    // A sum of 0 but for rounding is a sum of 0.
    const rounded = normalised(kernelPreset('gabor', { size: 7 })).weights;
    expect(rounded.reduce((sum, weight) => sum + Math.abs(weight), 0)).toBeCloseTo(1, 12);
    const zeros = { ...kernel, weights: [0, 0, 0, 0, 0, 0] };
    expect(normalised(zeros)).toBe(zeros);
  });

  it('has one weight changed, and is one’s own then', () => {
    const changed = withWeight(kernel, 1, 2, 0, -9);
    expect(changed).toMatchObject({ origin: { kind: 'own' }, weights: [1, 2, 3, 4, 5, -9] });
    expect(kernel.weights[5]).toBe(6);
    expect(weightAt(withWeight(coloured, 0, 1, 2, 7), 0, 1, 2)).toBe(7);
  });

  it('grows and shrinks about its middle', () => {
    expect(resized(kernel, 2, 1).weights).toEqual([2, 5]);
    expect(resized(kernel, 4, 3).weights).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0]);
    const sobel = kernelPreset('sobel-x');
    expect(resized(resized(sobel, 7, 9), 3, 3).weights).toEqual(sobel.weights);
    expect(resized(kernel, 2, 3)).toBe(kernel);
    expect(resized(kernel, 99, 0)).toMatchObject({ height: 11, width: 1 });
  });

  it('has its weights once or for each channel', () => {
    expect(withChannels(kernel, 3).weights.slice(0, 6)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(withChannels(withChannels(kernel, 3), 1).weights).toEqual(kernel.weights);
    expect(withChannels(coloured, 1).weights).toEqual([2, 5]);
    expect(rotated(coloured, 2).weights).toEqual([4, 5, 6, 1, 2, 3]);
  });
});
