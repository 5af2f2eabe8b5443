import { describe, expect, it } from 'vitest';
import { batchNormalisation, momentsOf } from './batch-normalisation.ts';
import { convolution } from './convolution.ts';
import { correlate } from './correlate.ts';
import { gradientByDifferences } from './differences.ts';
import { meanSquaredError, negativeDistances, rbfLoss } from './losses.ts';
import { type Maps, mapsOf } from './maps.ts';
import { plane } from './plane.ts';
import { responseNormalisation, responseNormalisationBackward } from './response-normalisation.ts';
import { averagePooling, subsampling } from './subsampling.ts';

function random(shape: Maps['shape']): Maps {
  return mapsOf(shape, () => Math.random() * 2 - 1);
}

describe('the convolution of maps', () => {
  it('is the correlation of planes for one map and one filter', () => {
    const maps = random([1, 7, 6, 1]);
    const kernel = random([1, 3, 3, 1]).values;
    const windows = { size: 3, stride: 2, padding: [1, 1], filters: 1 } as const;
    const expected = correlate(plane(7, 6, maps.values), plane(3, 3, kernel), { stride: 2, padding: 1 });
    const found = convolution(maps, kernel, Float64Array.of(0), windows);
    expect(found.shape).toEqual([1, expected.height, expected.width, 1]);
    found.values.forEach((value, index) => expect(value).toBeCloseTo(expected.values[index]!, 5));
  });

  it('keeps groups and connections apart', () => {
    const maps = mapsOf([1, 1, 1, 4], (_image, _y, _x, map) => 10 ** map);
    const one = { size: 1, stride: 1, padding: 'valid', filters: 2 } as const;
    const ones = new Float64Array(8).fill(1);
    const none = new Float64Array(0);
    expect([...convolution(maps, ones, none, { ...one, groups: 2 }).values]).toEqual([11, 1100]);
    expect([...convolution(maps, ones, none, { ...one, connections: [[0, 3], [2]] }).values]).toEqual([1001, 100]);
  });

  it('reads the padding’s value, and cells apart by the dilation', () => {
    const maps = mapsOf([1, 1, 3, 1], (_image, _y, x) => 10 ** x);
    const how = { size: 3, stride: 1, padding: [2, 2], dilation: 2, filters: 1, paddingValue: -1 } as const;
    // Of nine cells three lie in the map’s row: the padding, then 1 and 100, and the padding again.
    const [first] = convolution(maps, new Float64Array(9).fill(1), Float64Array.of(0.5), how).values;
    expect(first).toBe(-7 + 1 + 100 + 0.5);
  });
});

describe('windows over maps', () => {
  const maps = mapsOf([1, 3, 3, 1], (_image, y, x) => 3 * y + x + 1);

  it('are summed, scaled and moved by a subsampling unit', () => {
    const windows = { size: 2, stride: 1, padding: 'valid' } as const;
    const { values } = subsampling(maps, Float64Array.of(0.5), Float64Array.of(1), windows);
    expect([...values]).toEqual([7, 9, 13, 15]);
  });

  it('are averaged over the cells that are there', () => {
    const { values } = averagePooling(maps, { size: 2, stride: 2, padding: [1, 0] });
    expect([...values]).toEqual([1, 2.5, 5.5, 7]);
  });
});

describe('normalisation', () => {
  it('of responses divides by the neighbours’ squares', () => {
    const maps = mapsOf([1, 1, 1, 3], (_image, _y, _x, map) => map + 1);
    const { values } = responseNormalisation(maps, { depth: 3, k: 1, alpha: 1, beta: 0.5 });
    [1 / Math.sqrt(6), 2 / Math.sqrt(15), 3 / Math.sqrt(14)].forEach((value, map) => {
      expect(values[map]).toBeCloseTo(value, 12);
    });
  });

  it('of responses goes back as its differences do', () => {
    const maps = random([2, 2, 2, 6]);
    const gradient = random([2, 2, 2, 6]);
    const how = { depth: 5, k: 1, alpha: 0.7, beta: 0.75 };
    const loss = (values: Float64Array): number =>
      responseNormalisation({ ...maps, values }, how).values.reduce(
        (sum, y, index) => sum + y * gradient.values[index]!,
        0,
      );
    const expected = gradientByDifferences(loss, maps.values);
    const found = responseNormalisationBackward(maps, gradient, how).values;
    found.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 8));
  });

  it('of batches gives each map mean 0 and variance 1, then the scale and the shift', () => {
    const maps = random([4, 3, 3, 2]);
    const normal = batchNormalisation(maps, momentsOf(maps), Float64Array.of(1, 3), Float64Array.of(0, -2), 0);
    const { mean, variance } = momentsOf(normal);
    [0, -2].forEach((shift, map) => expect(mean[map]).toBeCloseTo(shift, 10));
    [1, 9].forEach((square, map) => expect(variance[map]).toBeCloseTo(square, 10));
  });
});

describe('losses', () => {
  it('are worked out by hand', () => {
    expect(meanSquaredError([1, -1, 0], 0)).toBeCloseTo(1 / 3, 12);
    expect(
      negativeDistances(
        [1, 0],
        [
          [1, 1],
          [-1, 1],
        ],
      ),
    ).toEqual([-1, -5]);
    expect(rbfLoss([0, -1e9], 0)).toBeCloseTo(Math.log(Math.exp(-0.1) + 1), 12);
  });
});
