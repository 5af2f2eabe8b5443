import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { correlate } from './correlate.ts';
import { plane, type Plane } from './plane.ts';
import { pool, poolingKinds, type PoolingKind, poolWithWinners } from './pool.ts';
import { windowsOf } from './testing/definition.ts';

const map = plane(4, 4, [1, 2, 0, 0, 3, 4, 0, 8, -1, -2, 5, 5, -3, -4, 5, 5]);

describe('pooling', () => {
  it('keeps the largest value of each window, and says where it stood', () => {
    const { plane: pooled, winners } = poolWithWinners(map, { method: 'max', size: 2 });
    expect(pooled).toEqual(plane(2, 2, [4, 8, -1, 5]));
    // Of the four fives it is the first.
    expect([...winners!]).toEqual([5, 7, 8, 10]);
  });

  it('keeps the mean of each window', () => {
    expect(pool(map, { method: 'average', size: 2 })).toEqual(plane(2, 2, [2.5, 2, -2.5, 5]));
  });

  it('keeps the root of the mean square of each window', () => {
    const squares = plane(2, 4, [1, -1, 6, 8, 5, -7, 0, 0]);
    expect([...pool(squares, { method: 'l2', size: 2 }).values]).toEqual([Math.fround(Math.sqrt(19)), 5]);
  });

  it('keeps the first cell of each window', () => {
    expect(pool(map, { method: 'strided', size: 2 })).toEqual(plane(2, 2, [1, 0, -1, 5]));
  });

  it('squashes the sum of each window as LeNet-5 does', () => {
    const options = { method: 'subsampling', size: 2, coefficient: 0.5, bias: -5 } as const;
    // Sums of 10, 8, −10 and 20: the first is squashed from 0, the last from 5.
    const [first, , , last] = pool(map, options).values;
    expect(first).toBe(0);
    expect(last).toBeCloseTo(1.7159 * Math.tanh(10 / 3), 6);
  });

  it('lets windows overlap when the stride is smaller than the window', () => {
    expect(pool(map, { method: 'max', size: 3, stride: 1 })).toEqual(plane(2, 2, [5, 8, 5, 8]));
  });

  it('leaves cells out when the stride is larger than the window', () => {
    expect(pool(map, { method: 'max', size: 1, stride: 3 })).toEqual(plane(2, 2, [1, 0, -3, 5]));
  });

  it('leaves out a rest that is too small for a window', () => {
    expect(pool(map, { method: 'max', size: 3 })).toEqual(plane(1, 1, [5]));
  });

  it('takes the first of equal cells, in reading order, however the windows overlap', () => {
    const flat = plane(4, 5, Array(20).fill(-0.5));
    expect([...poolWithWinners(flat, { method: 'max', size: 3, stride: 1 }).winners!]).toEqual([0, 1, 2, 5, 6, 7]);
    // Two peaks: the one further up wins, though the other is further left.
    const peaks = plane(2, 3, [0, 0, 9, 9, 0, 0]);
    expect([...poolWithWinners(peaks, { method: 'max', size: 2, stride: 1 }).winners!]).toEqual([3, 2]);
    expect([...poolWithWinners(plane(2, 2, [0, 9, 9, 0]), { method: 'max', size: 2 }).winners!]).toEqual([1]);
  });

  it.each(poolingKinds)('of %s gives numbers for a map of zeros and for one cell', (method) => {
    for (const side of [1, 4]) {
      const { values } = pool(plane(side, side, Array(side * side).fill(0)), { method, size: side, bias: 0 });
      expect([...values]).toEqual([0]);
    }
  });

  it('refuses a window larger than the map', () => {
    expect(() => pool(map, { method: 'max', size: 5 })).toThrow('A window of 5 does not fit in 4 cells');
  });

  it('refuses a stride of zero', () => {
    expect(() => pool(map, { method: 'max', size: 2, stride: 0 })).toThrow('stride is a whole number above zero');
  });
});

describe('pooling is its definition', () => {
  const dice = new Dice(6);
  const [coefficient, bias] = [0.3, -0.2];
  const sum = (cells: number[]): number => cells.reduce((total, cell) => total + cell, 0);
  const definitions: Record<Exclude<PoolingKind, 'stochastic'>, (cells: number[]) => number> = {
    max: (cells) => Math.max(...cells),
    average: (cells) => sum(cells) / cells.length,
    l2: (cells) => Math.hypot(...cells) / Math.sqrt(cells.length),
    subsampling: (cells) => 1.7159 * Math.tanh((2 * (coefficient * sum(cells) + bias)) / 3),
    strided: (cells) => cells[0]!,
  };

  it.each(Object.entries(definitions))('%s, on 60 random shapes', (method, definition) => {
    for (let turn = 0; turn < 60; turn++) {
      const [height, width] = [dice.whole(1, 20), dice.whole(1, 20)];
      const size = dice.whole(1, Math.min(height, width));
      const stride = dice.whole(1, 6);
      const random = plane(height, width, dice.numbers(height * width));
      const found = pool(random, { method: method as PoolingKind, size, stride, coefficient, bias });
      const windows = windowsOf(random, size, stride);
      expect([found.height, found.width]).toEqual([windows.length, windows[0]!.length]);
      windows.flat().forEach((cells, i) => expect(found.values[i]).toBeCloseTo(definition(cells), 6));
    }
  });

  it.each([3, 1, 7])('max takes cells that hold the largest value, at stride %i', (stride) => {
    const random = plane(19, 23, dice.numbers(19 * 23));
    const { plane: pooled, winners } = poolWithWinners(random, { method: 'max', size: 4, stride });
    winners!.forEach((winner, i) => {
      expect(random.values[winner]).toBe(pooled.values[i]);
      const [row, column] = [Math.floor(i / pooled.width) * stride, (i % pooled.width) * stride];
      const [y, x] = [Math.floor(winner / 23), winner % 23];
      expect(y >= row && y < row + 4 && x >= column && x < column + 4).toBe(true);
    });
  });

  it('strided is the convolution itself with a longer stride', () => {
    const image = plane(21, 26, dice.numbers(21 * 26));
    const kernel = plane(3, 3, dice.numbers(9));
    const how = { padding: 1, bias: 0.1, activation: 'tanh' } as const;
    for (const stride of [1, 2, 3]) {
      for (const pooling of [2, 3]) {
        const once = correlate(image, kernel, { ...how, stride });
        const longer = correlate(image, kernel, { ...how, stride: stride * pooling });
        // Whole windows only: the longer stride may find one more at the edge.
        const pooled = pool(once, { method: 'strided', size: pooling });
        for (let y = 0; y < pooled.height; y++) {
          const row = pooled.values.subarray(y * pooled.width, (y + 1) * pooled.width);
          expect([...row]).toEqual([...longer.values.subarray(y * longer.width, y * longer.width + pooled.width)]);
        }
      }
    }
  });
});

describe('stochastic pooling', () => {
  const window = plane(2, 2, [0.4, -3, 0.1, 0.5]);
  const drawn = (from: Plane, seed: number, size = 2, stride = size) =>
    poolWithWinners(from, { method: 'stochastic', size, stride, seed });

  it('draws each cell as often as its positive part says', () => {
    const counts = [0, 0, 0, 0];
    const seeds = 20_000;
    for (let seed = 0; seed < seeds; seed++) counts[drawn(window, seed).winners![0]!]! += 1;
    expect(counts[1]).toBe(0);
    // Three standard deviations of a share of a half are 0.011.
    [0.4, 0, 0.1, 0.5].forEach((chance, cell) => expect(Math.abs(counts[cell]! / seeds - chance)).toBeLessThan(0.011));
  });

  it('draws differently in each window, and as often everywhere', () => {
    const flat = plane(100, 100, Array(10_000).fill(1));
    const { winners } = drawn(flat, 3);
    const counts = [0, 0, 0, 0];
    winners!.forEach((winner, i) => {
      const first = Math.floor(i / 50) * 200 + (i % 50) * 2;
      counts[[0, 1, 100, 101].indexOf(winner - first)]! += 1;
    });
    counts.forEach((count) => expect(Math.abs(count / 2500 - 0.25)).toBeLessThan(0.03));
  });

  it('is a function of the seed and the window’s place', () => {
    const dice = new Dice(1);
    const random = plane(12, 13, dice.numbers(156));
    expect(drawn(random, 5)).toEqual(drawn(random, 5));
    expect(drawn(random, 5).winners).not.toEqual(drawn(random, 6).winners);
    // What stands elsewhere, or how wide the map is, is nothing to it.
    const narrow = plane(
      12,
      4,
      Array.from({ length: 48 }, (_, i) => random.values[Math.floor(i / 4) * 13 + (i % 4)]!),
    );
    const [wide, thin] = [drawn(random, 5).plane, drawn(narrow, 5).plane];
    for (let y = 0; y < 6; y++) {
      expect([...thin.values.subarray(2 * y, 2 * y + 2)]).toEqual([...wide.values.subarray(6 * y, 6 * y + 2)]);
    }
  });

  it('takes no cell, and gives 0, where none is above 0', () => {
    const { plane: pooled, winners } = drawn(plane(2, 4, [0, -1, -2, 0.001, -3, 0, -4, -5]), 1);
    expect([...pooled.values]).toEqual([0, Math.fround(0.001)]);
    expect([...winners!]).toEqual([-1, 3]);
  });
});
