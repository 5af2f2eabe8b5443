import { describe, expect, it } from 'vitest';
import { gradientByDifferences } from '../math/differences.ts';
import { plane, type Plane } from '../math/plane.ts';
import { Dice } from '../random/testing/dice.ts';
import { compute } from './compute.ts';
import { type Pooling, type PoolingKind, poolingKinds } from './experiment.ts';
import { experimentWith, randomImage, randomKernel, randomOperation, randomPooling } from './testing/experiments.ts';
import { poolTerms, windowTerms } from './window-terms.ts';

describe('the arithmetic of a window', () => {
  const dice = new Dice(11);

  it('comes to the number in the map, whatever the operation', () => {
    let seen = 0;
    for (let turn = 0; turn < 80; turn++) {
      const image = randomImage(dice, dice.whole(3, 9), dice.whole(3, 9), dice.pick([1, 3]));
      const kernels = [1, 2].map(() => randomKernel(dice, dice.whole(1, 3), dice.whole(1, 3), dice.pick([1, 3])));
      const experiment = experimentWith({ kernels, operation: randomOperation(dice) });
      compute(experiment, image).maps.forEach(({ plane: map }, kernel) =>
        map.values.forEach((value, i) => {
          const [row, column] = [Math.floor(i / map.width), i % map.width];
          const { activated } = windowTerms(experiment, image, kernel, row, column);
          expect(activated).toBeCloseTo(value, 5);
          seen += 1;
        }),
      );
    }
    expect(seen).toBeGreaterThan(1000);
  });

  it('is told product by product, channel by channel, in reading order', () => {
    const image = { height: 2, width: 2, planes: [1, 10, 100].map((k) => plane(2, 2, [k, 2 * k, 3 * k, 4 * k])) };
    const kernel = { ...randomKernel(dice, 1, 2, 3), weights: [1, 2, 3, 4, 5, 6] };
    const { operation } = experimentWith({});
    const experiment = {
      kernels: [kernel],
      operation: { ...operation, bias: 0.5, padding: 1, padMode: 'value' as const, padValue: 7 },
    };
    const { terms, channelSums, ...rest } = windowTerms(experiment, image, 0, 1, 2);
    // The window begins at the image's upper right cell, and half of it is padding.
    expect(terms).toEqual([
      { row: 0, column: 1, isOutside: false, channel: 0, value: 2, weight: 1, product: 2 },
      { row: 0, column: 2, isOutside: true, channel: 0, value: 7, weight: 4, product: 28 },
      { row: 0, column: 1, isOutside: false, channel: 1, value: 20, weight: 2, product: 40 },
      { row: 0, column: 2, isOutside: true, channel: 1, value: 7, weight: 5, product: 35 },
      { row: 0, column: 1, isOutside: false, channel: 2, value: 200, weight: 3, product: 600 },
      { row: 0, column: 2, isOutside: true, channel: 2, value: 7, weight: 6, product: 42 },
    ]);
    expect(channelSums).toEqual([30, 75, 642]);
    expect(rest).toEqual({ sum: 747, bias: 0.5, biased: 747.5, activated: 747.5 });
  });

  it('shows the kernel turned for a true convolution', () => {
    const image = randomImage(dice, 1, 2, 1);
    const kernel = { ...randomKernel(dice, 1, 2, 1), weights: [1, 2] };
    const { operation } = experimentWith({});
    const weights = (sense: 'correlation' | 'convolution') =>
      windowTerms({ kernels: [kernel], operation: { ...operation, sense } }, image, 0, 0, 0).terms.map(
        ({ weight }) => weight,
      );
    expect(weights('correlation')).toEqual([1, 2]);
    expect(weights('convolution')).toEqual([2, 1]);
  });
});

describe('the arithmetic of a pooled cell', () => {
  const dice = new Dice(12);

  it.each(poolingKinds)('of %s comes to the number in the pooled map', (kind) => {
    for (let turn = 0; turn < 20; turn++) {
      const image = randomImage(dice, 9, 8, 1);
      const pooling = { ...randomPooling(dice), left: kind };
      const experiment = experimentWith({ kernels: [randomKernel(dice, 2, 2, 1)], pooling });
      const { pooledFrom, left } = compute(experiment, image);
      left!.plane.values.forEach((value, i) => {
        const [row, column] = [Math.floor(i / left!.plane.width), i % left!.plane.width];
        const { result, cells } = poolTerms(pooling, kind, pooledFrom.plane, row, column);
        expect(result).toBeCloseTo(value, 6);
        const taken = cells
          .filter(({ isTaken }) => isTaken)
          .map((cell) => cell.row * pooledFrom.plane.width + cell.column);
        if (left!.winners) expect(taken).toEqual(left!.winners[i]! < 0 ? [] : [left!.winners[i]]);
      });
    }
  });

  it.each(poolingKinds)('of %s gives each cell the share of the gradient that differences find', (kind) => {
    const pooling: Pooling = { ...randomPooling(dice), size: 3, stride: 2, coefficient: 0.4, bias: 0.2 };
    const numbers = Float64Array.from(dice.numbers(9), Math.fround);
    const of = (values: Float64Array): Plane => plane(3, 3, values);
    const shares = poolTerms(pooling, kind, of(numbers), 0, 0).cells.map(({ share }) => share);
    const expected = gradientByDifferences(
      (moved) => pooledByDefinition(kind, pooling, [...moved], of(numbers)),
      numbers,
    );
    shares.forEach((share, cell) => expect(share, `cell ${cell}`).toBeCloseTo(expected[cell]!, 5));
  });

  it('says what is summed, drawn and squashed', () => {
    const map = plane(2, 2, [3, -1, 1, 1]);
    const pooling: Pooling = { ...randomPooling(dice), size: 2, stride: 2, coefficient: 0.5, bias: -1 };
    const terms = (kind: PoolingKind) => poolTerms(pooling, kind, map, 0, 0);
    expect(terms('average')).toMatchObject({ sum: 4, squashed: null, draw: null, result: 1 });
    expect(terms('l2')).toMatchObject({ sum: 12, result: Math.sqrt(3) });
    expect(terms('subsampling')).toMatchObject({ sum: 4, squashed: 1 });
    expect(terms('max')).toMatchObject({ sum: null, result: 3 });
    const { sum, draw, cells } = terms('stochastic');
    expect(sum).toBe(5);
    expect(cells.map(({ part }) => part)).toEqual([3, 0, 1, 1]);
    const passed = cells.map((_, i) => cells.slice(0, i + 1).reduce((total, { part }) => total + part, 0));
    expect(cells.findIndex(({ isTaken }) => isTaken)).toBe(passed.findIndex((total) => total > draw! * sum!));
  });

  it('takes no cell and sends no gradient where stochastic pooling finds none above 0', () => {
    const { cells, result } = poolTerms(randomPooling(dice), 'stochastic', plane(4, 4, Array(16).fill(-1)), 0, 0);
    expect(result).toBe(0);
    expect(cells.every(({ isTaken, share }) => !isTaken && share === 0)).toBe(true);
  });
});

/** In float64. What max and stochastic take is what they take of `map`: moved by a hair they take it still. */
function pooledByDefinition(kind: PoolingKind, pooling: Pooling, cells: number[], map: Plane): number {
  const sum = cells.reduce((total, cell) => total + cell, 0);
  switch (kind) {
    case 'max':
      return Math.max(...cells);
    case 'average':
      return sum / cells.length;
    case 'l2':
      return Math.hypot(...cells) / Math.sqrt(cells.length);
    case 'stochastic':
      return cells[poolTerms(pooling, kind, map, 0, 0).cells.findIndex(({ isTaken }) => isTaken)]!;
    case 'subsampling':
      return 1.7159 * Math.tanh((2 / 3) * (pooling.coefficient * sum + pooling.bias));
    case 'strided':
      return cells[0]!;
    default:
      return kind satisfies never;
  }
}
