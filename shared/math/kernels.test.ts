import { describe, expect, it } from 'vitest';
import { correlate, type Kernel } from './correlate.ts';
import { box, edgeKernels, fixedKernels, gabor, gaussian, identity, laplacianOfGaussian, uniform } from './kernels.ts';
import { plane } from './plane.ts';
import { rowsOf } from './testing/definition.ts';

const sum = ({ values }: Kernel): number => Array.from(values).reduce((total, weight) => total + weight, 0);

function expectWeights(kernel: Kernel, expected: number[][]): void {
  const rows = rowsOf(kernel);
  expect(rows.length).toBe(expected.length);
  rows.forEach((row, y) => row.forEach((weight, x) => expect(weight).toBeCloseTo(expected[y]![x]!, 4)));
}

describe('kernels', () => {
  it('are those that scripts know by their names', () => {
    expect(rowsOf(edgeKernels['sobel-x'])).toEqual([
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ]);
  });

  it.each(['sobel', 'prewitt', 'scharr'] as const)('of %s: y is x with rows and columns changed over', (name) => {
    const [x, y] = [rowsOf(fixedKernels[`${name}-x`]), rowsOf(fixedKernels[`${name}-y`])];
    expect(y).toEqual(x.map((_, column) => x.map((row) => row[column]!)));
  });

  it.each([
    'sobel-x',
    'sobel-y',
    'prewitt-x',
    'prewitt-y',
    'scharr-x',
    'scharr-y',
    'roberts-x',
    'roberts-y',
    'laplacian',
    'laplacian-8',
  ] as const)('of %s answers a flat field with 0', (id) => {
    expect(sum(fixedKernels[id])).toBe(0);
  });

  it.each(['sharpen', 'emboss'] as const)('of %s leaves a flat field as it is', (id) => {
    expect(sum(fixedKernels[id])).toBe(1);
  });
});

describe('computed kernels', () => {
  it('of a Gaussian are those of MATLAB’s fspecial', () => {
    expectWeights(gaussian(3, 0.5), [
      [0.0113, 0.0838, 0.0113],
      [0.0838, 0.6193, 0.0838],
      [0.0113, 0.0838, 0.0113],
    ]);
  });

  it('of a Laplacian of a Gaussian are those of MATLAB’s fspecial', () => {
    expectWeights(laplacianOfGaussian(5, 0.5), [
      [0.0448, 0.0468, 0.0564, 0.0468, 0.0448],
      [0.0468, 0.3167, 0.7146, 0.3167, 0.0468],
      [0.0564, 0.7146, -4.9048, 0.7146, 0.0564],
      [0.0468, 0.3167, 0.7146, 0.3167, 0.0468],
      [0.0448, 0.0468, 0.0564, 0.0468, 0.0448],
    ]);
  });

  it.each([1, 2, 3, 10, 11])('of side %i have weights that add up to what they should', (size) => {
    expect(sum(box(size))).toBeCloseTo(1, 12);
    expect(sum(gaussian(size, 1.7))).toBeCloseTo(1, 12);
    expect(sum(identity(size))).toBe(1);
    expect(sum(laplacianOfGaussian(size, 1.4))).toBeCloseTo(0, 12);
    expect(sum(gabor(size, 30, 4))).toBeCloseTo(0, 12);
    for (const kernel of [box(size), gaussian(size, 0.1), laplacianOfGaussian(size, 0.1), gabor(size, 0, 1)]) {
      expect(Array.from(kernel.values).every(Number.isFinite)).toBe(true);
    }
  });

  it('of identity give the image back', () => {
    const image = plane(3, 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const size of [1, 2, 3, 5]) expect(correlate(image, identity(size), { padding: 'same' })).toEqual(image);
  });

  it('of Gabor answer most to stripes of their own direction and width', () => {
    /** Stripes that run at right angles to `angle`. */
    const stripes = (angle: number, wavelength: number) => {
      const turn = (angle * Math.PI) / 180;
      const values = Array.from({ length: 41 * 41 }, (_, i) => {
        const along = (i % 41) * Math.cos(turn) - Math.floor(i / 41) * Math.sin(turn);
        return Math.cos((2 * Math.PI * along) / wavelength);
      });
      return plane(41, 41, values);
    };
    const strength = (angle: number, wavelength: number): number =>
      correlate(stripes(angle, wavelength), gabor(11, 30, 5)).values.reduce((most, value) => Math.max(most, value));
    const own = strength(30, 5);
    // Anticlockwise as one sees it: −30 is another direction.
    for (const angle of [0, 60, 90, 120, -30]) expect(strength(angle, 5)).toBeLessThan(0.9 * own);
    for (const wavelength of [2.5, 3.5, 8, 12]) expect(strength(30, wavelength)).toBeLessThan(0.9 * own);
  });

  it('of Gabor at 0 answer to vertical stripes, as the upright Sobel does', () => {
    const [upright] = rowsOf(gabor(3, 0, 2));
    expect(upright![0]).toBeCloseTo(upright![2]!, 12);
    expect(upright![1]).toBeGreaterThan(upright![0]!);
  });

  it('of random numbers are functions of the seed', () => {
    expect(uniform(5, 3)).toEqual(uniform(5, 3));
    expect(uniform(5, 3)).not.toEqual(uniform(5, 4));
    const weights = Array.from(uniform(11, 1).values);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.abs(sum(uniform(11, 1)) / 121)).toBeLessThan(0.2);
    expect(new Set(weights).size).toBeGreaterThan(60);
  });
});
