import { describe, expect, it } from 'vitest';
import { correlate } from './correlate.ts';
import { edgeKernels } from './kernels.ts';
import { plane, type Plane } from './plane.ts';

/** Reads one cell with zeros around the image: the definition, written the other way round. */
function cell(image: Plane, y: number, x: number): number {
  return y < 0 || x < 0 || y >= image.height || x >= image.width ? 0 : image.values[y * image.width + x]!;
}

function random(height: number, width: number): Plane {
  return plane(
    height,
    width,
    Array.from({ length: height * width }, () => Math.random() * 2 - 1),
  );
}

describe('correlation', () => {
  it('gives the numbers worked out by hand', () => {
    const image = plane(3, 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const kernel = plane(2, 2, [1, 0, 0, -1]);
    // (1 − 6), (2 − 7), (3 − 8); (5 − 10), (6 − 11), (7 − 12)
    expect(correlate(image, kernel)).toEqual(plane(2, 3, [-5, -5, -5, -5, -5, -5]));
  });

  it('does not flip the kernel', () => {
    expect(correlate(plane(1, 2, [3, 5]), plane(1, 2, [1, 10]))).toEqual(plane(1, 1, [53]));
  });

  it('answers with 4 to a step from black to white under Sobel x, and with 0 on a flat field', () => {
    const step = plane(3, 4, [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
    expect([...correlate(step, edgeKernels['sobel-x']).values]).toEqual([4, 4]);
    expect([...correlate(plane(3, 3, Array(9).fill(0.5)), edgeKernels['sobel-x']).values]).toEqual([0]);
  });

  it.each([
    { stride: 1, padding: 0 },
    { stride: 2, padding: 0 },
    { stride: 1, padding: 2 },
    { stride: 3, padding: 1 },
  ])('agrees with the definition at stride $stride and padding $padding', ({ stride, padding }) => {
    const image = random(9, 11);
    const kernel = random(3, 4);
    const out = correlate(image, kernel, { stride, padding });
    expect(out.height).toBe(Math.floor((9 + 2 * padding - 3) / stride) + 1);
    expect(out.width).toBe(Math.floor((11 + 2 * padding - 4) / stride) + 1);
    for (let y = 0; y < out.height; y++) {
      for (let x = 0; x < out.width; x++) {
        let sum = 0;
        for (let k = 0; k < 12; k++) {
          const [dy, dx] = [Math.floor(k / 4), k % 4];
          sum += kernel.values[k]! * cell(image, y * stride + dy - padding, x * stride + dx - padding);
        }
        expect(out.values[y * out.width + x]).toBeCloseTo(sum, 5);
      }
    }
  });

  it('refuses a kernel larger than the image, a stride of zero and a broken ring of padding', () => {
    const image = random(2, 5);
    expect(() => correlate(image, random(3, 3))).toThrow('A window of 3 does not fit in 2 cells');
    expect(() => correlate(image, random(1, 1), { stride: 0 })).toThrow('A stride is a whole number');
    expect(() => correlate(image, random(1, 1), { padding: 0.5 })).toThrow('Padding is a whole number');
  });
});
