import { describe, expect, it } from 'vitest';
import { plane, type Plane } from '../math/plane.ts';
import { Dice } from '../random/testing/dice.ts';
import { type BenchImage, compute } from './compute.ts';
import type { Experiment } from './experiment.ts';
import { kernelPreset } from './kernel-presets.ts';
import { shiftSensitivity } from './measures.ts';
import { experimentWith, randomImage, randomKernel, randomOperation, randomPooling } from './testing/experiments.ts';

/** The image moved to the right, its left edge repeated behind it. */
function movedRight({ height, width, planes }: BenchImage, pixels: number): BenchImage {
  const moved = (values: Float32Array): number[] =>
    Array.from({ length: height * width }, (_, i) => {
      const [y, x] = [Math.floor(i / width), i % width];
      return values[y * width + Math.max(0, x - pixels)]!;
    });
  return { height, width, planes: planes.map(({ values }) => plane(height, width, moved(values))) };
}

/** Relative change of the cells of a map for which `isInside` holds. */
function change(before: Plane, after: Plane, isInside: (row: number, column: number) => boolean): number {
  let [sum, all] = [0, 0];
  before.values.forEach((value, i) => {
    if (!isInside(Math.floor(i / before.width), i % before.width)) return;
    sum += (after.values[i]! - value) ** 2;
    all += value ** 2;
  });
  return Math.sqrt(sum / all);
}

describe('shift sensitivity', () => {
  const dice = new Dice(31);

  it('is what comes of computing everything anew for each moved image, and looking inside', () => {
    let compared = 0;
    for (let turn = 0; turn < 40; turn++) {
      const image = randomImage(dice, dice.whole(16, 22), dice.whole(24, 30), dice.pick([1, 3]));
      const kernels = [1, 2].map(() => randomKernel(dice, 3, 3, dice.pick([1, 3])));
      const operation = { ...randomOperation(dice), bias: 0.5 };
      const { size, stride } = randomPooling(dice);
      const pooling = {
        ...randomPooling(dice),
        left: 'max',
        right: dice.pick(['average', 'l2', 'strided'] as const),
      } as const;
      const experiment: Experiment = experimentWith({
        kernels,
        operation,
        together: dice.pick(['apart', 'gradient']),
        pooling: { ...pooling, size, stride },
      });
      const most = 4;
      const before = compute(experiment, image);
      if (before.problems.length > 0) continue;

      const extent = 2 * operation.dilation + 1;
      const lacking = (cells: number) =>
        Math.max(0, (Math.ceil(cells / operation.stride) - 1) * operation.stride + extent - cells);
      const pad = (cells: number) => {
        if (operation.padding === 'valid') return 0;
        return operation.padding === 'same' ? Math.floor(lacking(cells) / 2) : operation.padding;
      };
      /** Whether cells `first` to `last` of the map see image only, and nothing of what is repeated. */
      const sees = (first: number, last: number, cells: number, least: number) =>
        first * operation.stride - pad(cells) >= least && last * operation.stride - pad(cells) + extent <= cells;
      // Whole pooling windows, counted from the map's corner, begin inside.
      const begin = (cells: number, least: number) => {
        let first = 0;
        while (!sees(first, first, cells, least) && first < cells) first += stride;
        return first;
      };
      const [top, left] = [begin(image.height, 0), begin(image.width, most)];
      const inside = (row: number, column: number, reach: number) =>
        row >= top &&
        column >= left &&
        sees(row, row + reach - 1, image.height, 0) &&
        sees(column, column + reach - 1, image.width, most);
      const found = shiftSensitivity(experiment, image, most);
      for (let pixels = 0; pixels <= most; pixels++) {
        const after = compute(experiment, movedRight(image, pixels));
        const expected = change(before.pooledFrom.plane, after.pooledFrom.plane, (row, column) =>
          inside(row, column, 1),
        );
        expect(found.unpooled[pixels]).toBeCloseTo(expected, 5);
        if (found.left.length === 0) continue;
        const isPooledInside = (row: number, column: number) => inside(row * stride, column * stride, size);
        const byLeft = change(before.left!.plane, after.left!.plane, isPooledInside);
        const byRight = change(before.right!.plane, after.right!.plane, isPooledInside);
        expect(found.left[pixels]).toBeCloseTo(byLeft, 5);
        expect(found.right[pixels]).toBeCloseTo(byRight, 5);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  it('begins at 0, and of vertical stripes is back at 0 after their width', () => {
    const stripes = plane(
      32,
      40,
      Array.from({ length: 32 * 40 }, (_, i) => (i % 4 < 2 ? 1 : 0)),
    );
    const image = { height: 32, width: 40, planes: [stripes] };
    const { operation } = experimentWith({});
    const { unpooled, left } = shiftSensitivity(
      experimentWith({ operation: { ...operation, activation: 'none' } }),
      image,
    );
    expect(unpooled).toHaveLength(9);
    expect([0, 4, 8].map((pixels) => [unpooled[pixels], left[pixels]])).toEqual(Array(3).fill([0, 0]));
    // Half their width turns every sign, a quarter about half of them.
    expect([unpooled[2], unpooled[6]]).toEqual([2, 2]);
    expect(unpooled[1]).toBeCloseTo(Math.SQRT2, 1);
  });

  it('is lower for a map that is pooled by max than for the map itself', () => {
    const image = randomImage(dice, 48, 48, 1);
    const experiment = experimentWith({ kernels: [kernelPreset('sobel-x')] });
    const { left, unpooled } = shiftSensitivity(experiment, image, 1);
    expect(left[1]).toBeLessThan(unpooled[1]!);
  });

  it('moves narrow images by less, and says nothing of those that have no inside', () => {
    const narrow = shiftSensitivity(experimentWith({}), randomImage(dice, 20, 9, 1));
    // Windows of three cells fit into nine pixels until the image has moved by six; none of the pooling's fits.
    expect(narrow.unpooled).toHaveLength(7);
    const { operation } = experimentWith({});
    const tiny = experimentWith({ operation: { ...operation, padding: 'same' } });
    expect(shiftSensitivity(tiny, randomImage(dice, 2, 2, 1))).toEqual({ left: [], right: [], unpooled: [] });
  });
});
