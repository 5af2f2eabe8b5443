import { describe, expect, it } from 'vitest';
import { plane } from './plane.ts';
import { pool } from './pool.ts';

const map = plane(4, 4, [1, 2, 0, 0, 3, 4, 0, 8, -1, -2, 5, 5, -3, -4, 5, 5]);

describe('pooling', () => {
  it('keeps the largest value of each window', () => {
    expect(pool(map, { method: 'max', size: 2 })).toEqual(plane(2, 2, [4, 8, -1, 5]));
  });

  it('keeps the mean of each window', () => {
    expect(pool(map, { method: 'average', size: 2 })).toEqual(plane(2, 2, [2.5, 2, -2.5, 5]));
  });

  it('lets windows overlap when the stride is smaller than the window', () => {
    expect(pool(map, { method: 'max', size: 3, stride: 1 })).toEqual(plane(2, 2, [5, 8, 5, 8]));
  });

  it('leaves out a rest that is too small for a window', () => {
    expect(pool(map, { method: 'max', size: 3 })).toEqual(plane(1, 1, [5]));
  });

  it.each([2, 3, 4])('agrees with the definition for windows of %i on random numbers', (size) => {
    const [height, width] = [13, 17];
    const random = plane(
      height,
      width,
      Array.from({ length: height * width }, () => Math.random() - 0.5),
    );
    const largest = pool(random, { method: 'max', size });
    const mean = pool(random, { method: 'average', size });
    for (let y = 0; y < Math.floor(height / size); y++) {
      for (let x = 0; x < Math.floor(width / size); x++) {
        const seen = Array.from({ length: size * size }, (_, i) => {
          return random.values[(y * size + Math.floor(i / size)) * width + x * size + (i % size)]!;
        });
        expect(largest.values[y * largest.width + x]).toBe(Math.max(...seen));
        expect(mean.values[y * mean.width + x]).toBeCloseTo(seen.reduce((a, b) => a + b) / seen.length, 6);
      }
    }
  });

  it('refuses a window larger than the map', () => {
    expect(() => pool(map, { method: 'max', size: 5 })).toThrow('A window of 5 does not fit in 4 cells');
  });

  it('refuses a stride of zero', () => {
    expect(() => pool(map, { method: 'max', size: 2, stride: 0 })).toThrow('stride is a whole number above zero');
  });
});
