import { describe, expect, it } from 'vitest';
import { fixedKernels, gabor, gaussian, laplacianOfGaussian, uniform } from '../kernels.ts';
import { edgeBank } from './bank.ts';
import { detectorSince, matchEdge } from './match.ts';

type Kernel = { readonly height: number; readonly width: number; readonly values: ArrayLike<number> };
const match = ({ height, width, values }: Kernel) => matchEdge(height, width, values);

/** Dark on one side of a line through the middle and light on the other, averaged over each cell: drawn without the bank. */
function stepEdge(size: number, angle: number): Kernel {
  const fine = 20;
  const turn = (angle / 180) * Math.PI;
  const values = Array.from({ length: size * size }, (_, cell) => {
    let sum = 0;
    for (let i = 0; i < fine * fine; i++) {
      const right = (cell % size) + ((i % fine) + 0.5) / fine - size / 2;
      const up = size / 2 - Math.floor(cell / size) - (Math.floor(i / fine) + 0.5) / fine;
      sum += right * Math.cos(turn) + up * Math.sin(turn) > 0 ? 1 : -1;
    }
    return sum / fine ** 2;
  });
  return { height: size, width: size, values };
}

describe('how near a kernel is to an edge detector', () => {
  it.each([
    ['sobel-x', 0],
    ['sobel-y', 270],
    ['prewitt-x', 0],
    ['prewitt-y', 270],
  ] as const)('%s matches at %i°', (id, angle) => {
    const found = match(fixedKernels[id]);
    expect(found.score).toBeGreaterThan(0.9999);
    expect(found).toMatchObject({ kind: 'edge', angle });
  });

  it('is about 1 for Scharr’s and for the diagonal Sobel', () => {
    expect(match(fixedKernels['scharr-x']).score).toBeGreaterThan(0.97);
    const diagonal = match({ height: 3, width: 3, values: [0, 1, 2, -1, 0, 1, -2, -1, 0] });
    expect(diagonal.score).toBeGreaterThan(0.95);
    expect(diagonal.angle).toBe(45);
  });

  it.each([5, 7, 11])('finds a step edge at any angle in %i×%i', (size) => {
    for (let angle = 0; angle < 360; angle += 7.5) {
      const found = match(stepEdge(size, angle));
      expect(found.kind).toBe('edge');
      expect(found.score).toBeGreaterThan(0.93);
      const apart = Math.abs(((found.angle - angle + 540) % 360) - 180);
      expect(apart).toBeLessThanOrEqual(12);
    }
  });

  it('tells lines from edges', () => {
    for (const angle of [0, 45, 90, 135]) {
      const found = match(gabor(9, angle, 9));
      expect(found).toMatchObject({ kind: 'line', family: 'gabor', angle });
      expect(found.score).toBeGreaterThan(0.99);
    }
  });

  it('finds a wave of any phase', () => {
    for (let phase = 0; phase < 2 * Math.PI; phase += 0.4) {
      const values = Array.from({ length: 49 }, (_, i) => {
        const [right, down] = [(i % 7) - 3, Math.floor(i / 7) - 3];
        const deviation = 0.56 * 7;
        const bell = Math.exp(-(right ** 2 / deviation ** 2 + down ** 2 / (2 * deviation) ** 2) / 2);
        return bell * Math.cos((2 * Math.PI * right) / 7 + phase);
      });
      expect(match({ height: 7, width: 7, values }).score).toBeGreaterThan(0.98);
    }
  });

  it('minds neither scale nor what is added to all weights, and turns by half with the sign', () => {
    const { height, width, values } = uniform(5, 3);
    const plain = matchEdge(height, width, values);
    const changed = Array.from(values, (value) => 40 * value + 7);
    expect(matchEdge(height, width, changed).score).toBeCloseTo(plain.score, 10);
    const negative = match({
      ...fixedKernels['sobel-x'],
      values: Array.from(fixedKernels['sobel-x'].values, (value) => -value),
    });
    expect(negative.score).toBeGreaterThan(0.9999);
    expect(negative.angle).toBe(180);
  });

  it('is the cosine between kernel and detector', () => {
    const { height, width, values } = uniform(5, 8);
    const { score, template } = matchEdge(height, width, values);
    const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / 25;
    const product = template.reduce((sum, value, i) => sum + value * (values[i]! - mean), 0);
    const length = Math.sqrt(Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0));
    expect(score).toBeCloseTo(product / length, 10);
  });

  it('is low for blobs, and for noise on the whole', () => {
    expect(match(gaussian(5, 1)).score).toBeLessThan(0.8);
    expect(match(laplacianOfGaussian(7, 1.2)).score).toBeLessThan(0.8);
    for (const [size, most] of [
      [5, 0.66],
      [7, 0.5],
      [11, 0.35],
    ] as const) {
      const scores = Array.from({ length: 200 }, (_, seed) => match(uniform(size, seed)).score);
      expect(scores.reduce((sum, score) => sum + score, 0) / 200).toBeLessThan(most);
    }
  });

  it('is 0 for a kernel that is the same everywhere, and for a single weight', () => {
    expect(matchEdge(3, 3, new Float32Array(9).fill(0.1)).score).toBe(0);
    expect(matchEdge(1, 1, [3]).score).toBe(0);
    expect(edgeBank(1, 5)).toEqual([]);
  });

  it('refuses a kernel with too few weights', () => {
    expect(() => matchEdge(3, 3, [1, 2])).toThrow('A kernel of 3×3 has 9 weights, not 2');
  });

  it('has detectors without mean and of length 1', () => {
    for (const { odd, quadrature } of edgeBank(6, 6)) {
      for (const template of quadrature ? [odd, quadrature] : [odd]) {
        expect(template.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
        expect(template.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 10);
      }
    }
  });
});

describe('since when it has been a detector', () => {
  it.each([
    [[0.9, 0.9], 0],
    [[0.2, 0.9, 0.5, 0.8, 0.85], 3],
    [[0.2, 0.9, 0.5], null],
    [[], null],
  ])('%j since %s', (scores, since) => {
    expect(detectorSince(scores, 0.8)).toBe(since);
  });
});
