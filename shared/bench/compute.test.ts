import { describe, expect, it } from 'vitest';
import { correlationByDefinition, rowsOf } from '../math/testing/definition.ts';
import { plane } from '../math/plane.ts';
import { Dice } from '../random/testing/dice.ts';
import { type BenchMap, compute } from './compute.ts';
import type { Experiment } from './experiment.ts';
import { kernelPreset } from './kernel-presets.ts';
import { experimentWith, randomImage, randomKernel, randomOperation, randomPooling } from './testing/experiments.ts';

const dice = new Dice(21);
const { operation: plain, pooling } = experimentWith({});
const signed = { ...plain, activation: 'none' } as const;

function problemsOf(parts: Partial<Experiment>, height: number, width: number) {
  return compute(experimentWith(parts), randomImage(dice, height, width, 1)).problems;
}

function expectSummary({ plane: { values }, summary }: BenchMap): void {
  expect(summary.min).toBe(Math.min(...values));
  expect(summary.max).toBe(Math.max(...values));
  expect(summary.mean).toBeCloseTo([...values].reduce((sum, value) => sum + value, 0) / values.length, 10);
}

describe('the bench computes', () => {
  it('a map for each kernel, as defined, on random experiments', () => {
    for (let turn = 0; turn < 60; turn++) {
      const image = randomImage(dice, dice.whole(4, 12), dice.whole(4, 12), dice.pick([1, 3]));
      const kernels = Array.from({ length: dice.whole(1, 3) }, () => {
        return randomKernel(dice, dice.whole(1, 4), dice.whole(1, 4), dice.pick([1, 3]));
      });
      const operation = randomOperation(dice);
      const { maps, problems } = compute(experimentWith({ kernels, operation, pooling: randomPooling(dice) }), image);
      if (problems.some(({ code }) => code !== 'pooling-too-large')) {
        expect(maps).toEqual([]);
        continue;
      }
      maps.forEach((map, index) => {
        const { height, width, channels, weights } = kernels[index]!;
        // HWI: a cell's channels stand side by side.
        const planes = Array.from({ length: channels }, (_, channel) =>
          rowsOf({ height, width, values: weights.filter((__, at) => at % channels === channel) }),
        );
        const expected = correlationByDefinition(image.planes, planes, operation).rows;
        expect(rowsOf(map.plane).length).toBe(expected.length);
        expected.flat().forEach((value, i) => expect(map.plane.values[i]).toBeCloseTo(value, 5));
        expectSummary(map);
      });
    }
  });

  it('Sobel’s gradient of a slope: its steepness, and the way up', () => {
    // Brighter by 0.1 a cell to the right and 0.1 a cell downwards: up is at 45° to both.
    const slope = plane(
      6,
      6,
      Array.from({ length: 36 }, (_, i) => 0.1 * (i % 6) + 0.1 * Math.floor(i / 6)),
    );
    const kernels = [kernelPreset('sobel-x'), kernelPreset('sobel-y')];
    const parts = { kernels, operation: signed, together: 'gradient', pooling: { ...pooling, size: 2 } } as const;
    const { gradient, pooledFrom } = compute(experimentWith(parts), { height: 6, width: 6, planes: [slope] });
    gradient!.magnitude.plane.values.forEach((value) => expect(value).toBeCloseTo(0.8 * Math.SQRT2, 5));
    gradient!.direction.plane.values.forEach((value) => expect(value).toBeCloseTo(Math.PI / 4, 5));
    expect(pooledFrom).toBe(gradient!.magnitude);
  });

  it('no gradient of maps of different sizes, and pools the chosen one', () => {
    const kernels = [randomKernel(dice, 3, 3, 1), randomKernel(dice, 5, 3, 1)];
    const parts = { kernels, together: 'gradient', chosen: 1 } as const;
    const { gradient, maps, pooledFrom, left } = compute(experimentWith(parts), randomImage(dice, 12, 12, 1));
    expect(gradient).toBeNull();
    expect(pooledFrom).toBe(maps[1]);
    expect(left).not.toBeNull();
  });

  it('the chosen kernel’s map twice pooled, and what one has more than the other', () => {
    const kernels = [randomKernel(dice, 3, 3, 1), randomKernel(dice, 3, 3, 1)];
    const experiment = experimentWith({ kernels, chosen: 1, pooling: { ...pooling, left: 'max', right: 'average' } });
    const { maps, left, right, difference, pooledFrom } = compute(experiment, randomImage(dice, 14, 17, 1));
    expect(pooledFrom).toBe(maps[1]);
    expect([left!.kind, right!.kind]).toEqual(['max', 'average']);
    expect(right!.winners).toBeNull();
    left!.winners!.forEach((winner, i) => expect(pooledFrom.plane.values[winner]).toBe(left!.plane.values[i]));
    difference!.plane.values.forEach((value, i) => {
      expect(value).toBe(Math.fround(left!.plane.values[i]! - right!.plane.values[i]!));
    });
    for (const map of [left!, right!, difference!]) expectSummary(map);
    expect(left!.edgeContrast).toBeGreaterThan(right!.edgeContrast);
  });

  it('nothing that shares its memory with the image or another map', () => {
    const image = randomImage(dice, 5, 5, 1);
    const parts = {
      kernels: [kernelPreset('identity', { size: 1 })],
      operation: signed,
      pooling: { ...pooling, left: 'strided', right: 'max', size: 1, stride: 1 } as const,
    };
    const { maps, left, right, difference } = compute(experimentWith(parts), image);
    const buffers = [...image.planes, maps[0]!.plane, left!.plane, right!.plane, difference!.plane].map(
      ({ values }) => values.buffer,
    );
    expect(new Set(buffers).size).toBe(buffers.length);
    expect(maps[0]!.plane).toEqual(image.planes[0]);
    expect(left!.plane).toEqual(image.planes[0]);
  });
});

describe('the bench says why it cannot compute', () => {
  const [kernel] = [randomKernel(dice, 3, 5, 1)];

  it('that a kernel is too large for the image, with its dilation and padding counted', () => {
    const operation = { ...plain, dilation: 2, padding: 1 } as const;
    expect(problemsOf({ kernels: [kernel], operation }, 5, 6)).toEqual([
      { code: 'kernel-too-large', cells: 8, window: 9, axis: 'width' },
    ]);
    expect(problemsOf({ kernels: [kernel], operation }, 2, 7)).toEqual([
      { code: 'kernel-too-large', cells: 4, window: 5, axis: 'height' },
    ]);
  });

  it('in a result whose memory is its own, too', () => {
    const experiment = experimentWith({ kernels: [kernel] });
    const results = [1, 2].map(() => compute(experiment, randomImage(dice, 1, 1, 1)));
    expect(results[0]!.problems).not.toEqual([]);
    expect(results[0]!.pooledFrom.plane.values.buffer).not.toBe(results[1]!.pooledFrom.plane.values.buffer);
  });

  it('that a mirror image would be longer than the image', () => {
    const operation = { ...plain, padding: 4, padMode: 'reflect' } as const;
    expect(problemsOf({ kernels: [kernel], operation }, 4, 5)).toEqual([
      { code: 'reflection-too-large', cells: 4, window: 4, axis: 'height' },
    ]);
  });

  it('that pooling’s windows are larger than the map, which it shows all the same', () => {
    const experiment = experimentWith({ kernels: [kernel], pooling: { ...pooling, size: 5 } });
    const { maps, left, right, difference, problems } = compute(experiment, randomImage(dice, 6, 20, 1));
    expect(problems).toEqual([{ code: 'pooling-too-large', cells: 4, window: 5, axis: 'height' }]);
    expect(maps).toHaveLength(1);
    expect([left, right, difference]).toEqual([null, null, null]);
  });
});
