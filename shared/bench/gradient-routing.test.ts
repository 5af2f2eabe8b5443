import { describe, expect, it } from 'vitest';
import { gradientByDifferences } from '../math/differences.ts';
import { plane, type Plane } from '../math/plane.ts';
import type { Pooling, PoolingKind } from './experiment.ts';
import { gradientShares } from './gradient-routing.ts';

const pooling: Pooling = {
  left: 'max',
  right: 'average',
  size: 2,
  stride: 2,
  seed: 1,
  coefficient: 0.3,
  bias: -0.1,
};

/** 7 × 8 numbers on both sides of zero, no two alike. */
const height = 7;
const width = 8;
const numbers = Float64Array.from({ length: height * width }, (_, i) => Math.sin(7 * i + 1) + i / 1000);
const map: Plane = plane(height, width, numbers);

/** The indices of each window's cells, window by window. */
function windows({ size, stride }: Pooling): number[][] {
  const found: number[][] = [];
  for (let top = 0; top + size <= height; top += stride) {
    for (let left = 0; left + size <= width; left += stride) {
      found.push(Array.from({ length: size ** 2 }, (_, i) => (top + Math.floor(i / size)) * width + left + (i % size)));
    }
  }
  return found;
}

/** Which cell each window takes: the largest, or by some rule that does not look at the numbers' size. */
function taken(kind: PoolingKind, how: Pooling): number[] {
  return windows(how).map((cells, i) =>
    kind === 'max' ? cells.reduce((a, b) => (numbers[b]! > numbers[a]! ? b : a)) : cells[(3 * i) % cells.length]!,
  );
}

/** Each pooling's definition, in float64. */
const definitions: Record<PoolingKind, (values: number[], window: number, how: Pooling) => number> = {
  max: (values) => Math.max(...values),
  average: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  l2: (values) => Math.hypot(...values) / Math.sqrt(values.length),
  stochastic: (values, window) => values[(3 * window) % values.length]!,
  subsampling: (values, _, { coefficient, bias }) =>
    1.7159 * Math.tanh((2 / 3) * (coefficient * values.reduce((a, b) => a + b, 0) + bias)),
  strided: (values) => values[0]!,
};

function pooled(kind: PoolingKind, cells: Float64Array, how: Pooling): number[] {
  return windows(how).map((indices, i) =>
    definitions[kind](
      indices.map((index) => cells[index]!),
      i,
      how,
    ),
  );
}

function routed(kind: PoolingKind, how: Pooling) {
  const rows = Math.floor((height - how.size) / how.stride) + 1;
  const columns = Math.floor((width - how.size) / how.stride) + 1;
  const winners = kind === 'max' || kind === 'stochastic' ? Int32Array.from(taken(kind, how)) : null;
  return { kind, plane: plane(rows, columns, pooled(kind, numbers, how)), winners };
}

const layouts = {
  'side by side': { size: 2, stride: 2 },
  overlapping: { size: 3, stride: 2 },
  'with gaps': { size: 2, stride: 3 },
};

describe.each(Object.entries(layouts))('with windows %s', (_, layout) => {
  const how = { ...pooling, ...layout };
  it.each(Object.keys(definitions) as PoolingKind[])(
    '%s sends the gradient where central differences find it',
    (kind) => {
      const shares = gradientShares(map, routed(kind, how), how);
      const sum = (cells: Float64Array) => pooled(kind, cells, how).reduce((a, b) => a + b, 0);
      const expected = gradientByDifferences(sum, numbers);
      expect([shares.height, shares.width]).toEqual([height, width]);
      shares.values.forEach((share, i) => expect(share, `cell ${i}`).toBeCloseTo(expected[i]!, 5));
    },
  );
});

it('gives a cell that wins in several windows the gradient of each', () => {
  const peak = plane(3, 3, [0, 0, 0, 0, 9, 0, 0, 0, 0]);
  const how = { ...pooling, size: 2, stride: 1 };
  const max = { kind: 'max', plane: plane(2, 2, [9, 9, 9, 9]), winners: Int32Array.from([4, 4, 4, 4]) } as const;
  expect([...gradientShares(peak, max, how).values]).toEqual([0, 0, 0, 0, 4, 0, 0, 0, 0]);
});

it('sends nothing from a window that took no cell, and nothing from the corner of L2', () => {
  const flat = plane(2, 2, [0, 0, 0, 0]);
  const nothing = { kind: 'stochastic', plane: plane(1, 1, [0]), winners: Int32Array.from([-1]) } as const;
  expect([...gradientShares(flat, nothing, pooling).values]).toEqual([0, 0, 0, 0]);
  const corner = { kind: 'l2', plane: plane(1, 1, [0]), winners: null } as const;
  expect([...gradientShares(flat, corner, pooling).values]).toEqual([0, 0, 0, 0]);
});
