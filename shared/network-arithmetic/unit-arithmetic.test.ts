import { describe, expect, it } from 'vitest';
import { batchNormalisation } from '../math/batch-normalisation.ts';
import { convolution } from '../math/convolution.ts';
import type { Maps } from '../math/maps.ts';
import { responseNormalisation } from '../math/response-normalisation.ts';
import { averagePooling, subsampling } from '../math/subsampling.ts';
import { trace } from '../network/shapes.ts';
import type { ConvSpec, LayerSpec, NetworkSpec } from '../network/spec.ts';
import { type Shape, sizeOf } from '../tensor/shape.ts';
import { agrees, unitArithmetic, weightsUnitOf } from './index.ts';
import { switchesOf } from './pooling.ts';
import type { Tensor } from './tensor.ts';
import { extentOf, indexOf, unitAt, type Unit } from './unit.ts';

/** Numbers in (−1, 1) that look random and are the same each time. */
function numbers(shape: Shape, salt: number): Float64Array {
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * salt) * 0.9);
}
const tensor = (shape: Shape, salt: number): Tensor => ({ shape, values: numbers(shape, salt) });
const mapsFrom = ({ shape, values }: Tensor): Maps => ({
  shape: [1, shape[0]!, shape[1]!, shape[2]!],
  values: Float64Array.from(values),
});

/** A layer with its shapes, as it reads an image of this shape. */
function layerOn(input: readonly [number, number, number], spec: LayerSpec) {
  const after = { kind: 'flatten', name: 'after' } as const;
  const last = { kind: 'dense', name: 'last', units: 2, activation: 'none' } as const;
  const network: NetworkSpec = {
    id: 'one',
    title: 'One layer',
    year: 2026,
    source: 'a test',
    departures: [],
    input,
    layers: [spec, after, last],
  };
  return trace(network).layers[0]!;
}

/** Every unit of an output. */
function unitsOf(shape: Shape): Unit[] {
  return Array.from({ length: sizeOf(shape) }, (_, index) => unitAt(shape, index));
}

/** The last axis of a tensor at `index`. */
function lastAxis({ shape, values }: Tensor, index: number): Tensor {
  const last = shape[shape.length - 1]!;
  const own = Array.from(values).filter((_, i) => i % last === index);
  return { shape: shape.slice(0, -1), values: own };
}

const convolutions: Record<string, Partial<ConvSpec>> = {
  'without padding': {},
  'with TensorFlow’s own padding and a stride': { padding: 'same', stride: 2 },
  'with a number in the padding': { padding: [2, 1], paddingValue: -1 },
  'with dilation': { padding: 'same', dilation: 2 },
  'in groups': { groups: 2, filters: 4 },
  'with a connection table': { connections: [[0, 2], [1], [0, 1, 3]] },
  'with a bias for each unit': { bias: 'unit', padding: 'same' },
  'without a bias': { bias: 'none' },
};

describe('the arithmetic of a unit', () => {
  for (const [how, change] of Object.entries(convolutions)) {
    it(`is the definition’s for a convolution ${how}`, () => {
      const base = { kind: 'conv', name: 'C', filters: 3, size: 3, stride: 1, padding: 'valid' } as const;
      const spec: ConvSpec = { ...base, activation: 'none', ...change };
      const input = tensor([7, 6, 4], 1);
      const layer = layerOn([7, 6, 4], spec);
      const [kernel, bias] = layer.weights.map(({ shape }, salt) => tensor(shape, salt + 2));
      const expected = convolution(
        mapsFrom(input),
        Float64Array.from(kernel!.values),
        Float64Array.from(bias?.values ?? [0]),
        spec,
      );
      for (const unit of unitsOf(layer.output)) {
        const index = weightsUnitOf(layer, unit)!;
        const own = { kernel: lastAxis(kernel!, index), ...(bias && { bias: lastAxis(bias, index) }) };
        const said = unitArithmetic(layer, [input], own, unit);
        expect(said.result).toBeCloseTo(expected.values[indexOf(layer.output, unit)]!, 12);
      }
    });
  }

  it('gives a convolution’s products by channel, and names the channels that its group reads', () => {
    const spec = { kind: 'conv', name: 'C', filters: 4, size: 2, stride: 1, padding: 'valid', groups: 2 } as const;
    const layer = layerOn([3, 3, 4], { ...spec, activation: 'relu' });
    const kernel = { shape: [2, 2, 2], values: [1, 10, 2, 20, 3, 30, 4, 40] };
    const input = { shape: [3, 3, 4], values: Array.from({ length: 36 }, (_, i) => i) };
    const unit = { map: 3, row: 1, column: 0 };
    const said = unitArithmetic(layer, [input], { kernel, bias: { shape: [], values: [-5000] } }, unit);
    if (said.kind !== 'convolution') throw new Error('Not a convolution');
    expect(said.channels.map(({ channel }) => channel)).toEqual([2, 3]);
    expect(said.channels[0]).toMatchObject({
      values: [14, 18, 26, 30],
      weights: [1, 2, 3, 4],
      products: [14, 36, 78, 120],
      sum: 248,
    });
    expect(said).toMatchObject({ sum: 248 + 2580, bias: -5000, biased: -2172, result: 0, top: 1, left: 0 });
  });

  it('is the definition’s for a subsampling, through the scaled tanh of 1998', () => {
    const layer = layerOn([4, 6, 3], { kind: 'subsample', name: 'S', size: 2, stride: 2, activation: 'scaled-tanh' });
    const input = tensor([4, 6, 3], 1);
    const [coefficient, bias] = [numbers([3], 2), numbers([3], 3)];
    const windows = { size: 2, stride: 2, padding: 'valid' } as const;
    const expected = subsampling(mapsFrom(input), coefficient, bias, windows);
    for (const unit of unitsOf(layer.output)) {
      const own = (from: Float64Array) => ({ shape: [], values: [from[unit.map]!] });
      const said = unitArithmetic(layer, [input], { coefficient: own(coefficient), bias: own(bias) }, unit);
      const sum = expected.values[indexOf(layer.output, unit)]!;
      expect(said.biased).toBeCloseTo(sum, 12);
      expect(said.result).toBeCloseTo(1.7159 * Math.tanh((2 * sum) / 3), 12);
    }
  });

  it('leaves the padding out of a mean, and out of what may be the largest', () => {
    const input = { shape: [3, 3, 1], values: [-1, -2, -3, -4, -5, -6, -7, -8, -9] };
    const pool = { kind: 'pool', name: 'P', size: 3, stride: 2, padding: [0, 1] } as const;
    const average = layerOn([3, 3, 1], { ...pool, method: 'average', stride: 1 });
    const expected = averagePooling(mapsFrom(input), { size: 3, stride: 1, padding: [0, 1] });
    for (const unit of unitsOf(average.output)) {
      expect(unitArithmetic(average, [input], {}, unit).result).toBeCloseTo(
        expected.values[indexOf(average.output, unit)]!,
      );
    }
    const corner = { map: 0, row: 0, column: 0 };
    const largest = layerOn([3, 3, 1], { ...pool, method: 'max', padding: [2, 2] });
    const said = unitArithmetic(largest, [input], {}, corner);
    expect(said).toMatchObject({ kind: 'pooling', taken: 8, count: 1, result: -1 });
  });

  it('knows the switches of a max pooling whose windows overlap', () => {
    const input = { shape: [3, 5, 1], values: [0, 1, 9, 2, 0, 3, 0, 0, 0, 4, 0, 5, 0, 6, 0] };
    const spec = { kind: 'pool', name: 'P', method: 'max', size: 3, stride: 2 } as const;
    const { output } = layerOn([3, 5, 1], spec);
    expect([...switchesOf(spec, input, { shape: output, values: [9, 9] }, 0)]).toEqual([2, 2]);
  });

  it('is the definition’s for local response normalisation, at the first and the last map too', () => {
    const spec = { kind: 'lrn', name: 'N', depth: 5, k: 2, alpha: 0.1, beta: 0.75 } as const;
    const layer = layerOn([2, 3, 7], spec);
    const input = tensor([2, 3, 7], 4);
    const expected = responseNormalisation(mapsFrom(input), spec);
    for (const unit of unitsOf(layer.output)) {
      const said = unitArithmetic(layer, [input], {}, unit);
      expect(said.result).toBeCloseTo(expected.values[indexOf(layer.output, unit)]!, 12);
    }
  });

  it('is the definition’s for batch normalisation by its running moments', () => {
    const spec = { kind: 'batch-norm', name: 'B', momentum: 0.9, epsilon: 1e-3, activation: 'relu' } as const;
    const layer = layerOn([2, 3, 4], spec);
    const input = tensor([2, 3, 4], 5);
    const [scale, shift, mean] = [numbers([4], 6), numbers([4], 7), numbers([4], 8)];
    const variance = numbers([4], 9).map((value) => value ** 2);
    const expected = batchNormalisation(mapsFrom(input), { mean, variance }, scale, shift, spec.epsilon);
    for (const unit of unitsOf(layer.output)) {
      const own = Object.fromEntries(
        Object.entries({ scale, shift, mean, variance }).map(([name, values]) => [
          name,
          { shape: [], values: [values[unit.map]!] },
        ]),
      );
      const said = unitArithmetic(layer, [input], own, unit);
      expect(said.biased).toBeCloseTo(expected.values[indexOf(layer.output, unit)]!, 12);
      expect(said.result).toBe(Math.max(0, said.biased));
    }
  });

  it('sorts what a dense unit reads by what it adds', () => {
    const layer = { spec: { kind: 'dense', name: 'D', units: 2, activation: 'logistic' } as const };
    const own = { kernel: { shape: [3], values: [0.5, -4, 1] }, bias: { shape: [], values: [0.25] } };
    const said = unitArithmetic(layer, [{ shape: [3], values: [2, 1, -1.5] }], own, { map: 0, row: 0, column: 1 });
    expect(said).toMatchObject({ kind: 'dense', sum: -4.5, biased: -4.25, magnitude: 6.75 });
    expect(said.result).toBeCloseTo(1 / (1 + Math.exp(4.25)), 15);
    if (said.kind === 'dense') expect(said.terms.map(({ input }) => input)).toEqual([1, 2, 0]);
  });

  it('is the negative squared distance to a class’s code', () => {
    const codes = [
      [1, 1],
      [-1, 1],
    ];
    const layer = { spec: { kind: 'rbf', name: 'R', codes } as const };
    const said = unitArithmetic(layer, [{ shape: [2], values: [0.5, -1] }], {}, { map: 0, row: 0, column: 1 });
    expect(said.result).toBe(-(1.5 ** 2 + 2 ** 2));
  });

  it('adds two layers, averages a map, and hands numbers on', () => {
    const [a, b] = [tensor([2, 2, 3], 1), tensor([2, 2, 3], 2)];
    const unit = { map: 2, row: 1, column: 0 };
    const at = indexOf(a.shape, unit);
    const add = { spec: { kind: 'add', name: 'A', with: 'b', activation: 'none' } as const };
    expect(unitArithmetic(add, [a, b], {}, unit).result).toBe(a.values[at]! + b.values[at]!);
    const mean = { spec: { kind: 'global-average', name: 'G' } as const };
    const ofMap = [2, 5, 8, 11].reduce((sum, i) => sum + a.values[i]!, 0) / 4;
    expect(unitArithmetic(mean, [a], {}, { map: 0, row: 0, column: 2 }).result).toBeCloseTo(ofMap, 14);
    const flat = { spec: { kind: 'flatten', name: 'F' } as const };
    expect(unitArithmetic(flat, [a], {}, { map: 0, row: 0, column: at }).result).toBe(a.values[at]);
  });

  it('follows a shortcut to the cell it hands on, and to nothing in the maps it adds', () => {
    const layer = { spec: { kind: 'shortcut', name: 'S', stride: 2, channels: 5 } as const };
    const input = tensor([4, 4, 2], 3);
    const said = (map: number) => unitArithmetic(layer, [input], {}, { map, row: 1, column: 0 });
    expect([0, 3, 4].map((map) => said(map).result)).toEqual([0, 0, 0]);
    expect(said(2)).toMatchObject({ source: { map: 1, row: 2, column: 0 }, result: input.values[2 * 8 + 1] });
  });

  it('finds each unit of a vector and of maps by its index, and the index by the unit', () => {
    for (const shape of [[7], [2, 3, 4]]) {
      for (let index = 0; index < sizeOf(shape); index++) expect(indexOf(shape, unitAt(shape, index))).toBe(index);
    }
    expect(extentOf([7])).toEqual({ maps: 1, rows: 1, columns: 7 });
  });

  it('says that what is left out of float32 agrees, and that a wrong term does not', () => {
    expect(agrees(1.00001, 1.00001 + 5e-7, 20)).toBe(true);
    expect(agrees(1.00001, 1.002, 20)).toBe(false);
    expect(agrees(0, 0, 0)).toBe(true);
  });
});
