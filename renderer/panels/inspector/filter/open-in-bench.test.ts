import { describe, expect, it } from 'vitest';
import { benchKernelSchema, operationSchema } from '../../../../shared/bench/experiment.ts';
import { is } from 'valibot';
import { benchImage, benchKernel, benchOperation } from './open-in-bench.ts';

const filter = {
  layer: 'C1',
  filter: 2,
  step: 9,
  shape: [1, 2, 3],
  weights: Float32Array.of(1, 2, 3, 4, 5, 6),
  bias: 0.5,
};

describe('what is taken along to the bench', () => {
  it('is a map from black at its smallest number to white at its largest', () => {
    const input = { shape: [1, 2, 2], values: [-1, 0, 3, 1] };
    expect(benchImage(input, 0)).toEqual({ height: 1, width: 2, channels: 1, pixels: Uint8Array.of(0, 255) });
    expect(Array.from(benchImage(input, 1).pixels)).toEqual([64, 128]);
  });

  it('is black where a map says nothing', () => {
    expect(Array.from(benchImage({ shape: [1, 2, 1], values: [0, 0] }, 0).pixels)).toEqual([0, 0]);
  });

  it('is an image in colour with all its channels', () => {
    const input = { shape: [1, 1, 3], values: [0, 1, 0.5] };
    expect(benchImage(input, null)).toEqual({ height: 1, width: 1, channels: 3, pixels: Uint8Array.of(0, 255, 128) });
  });

  it('is a kernel that the bench can hold, of one channel or of red, green and blue', () => {
    const one = benchKernel(filter, 1);
    expect(one).toMatchObject({
      channels: 1,
      weights: [2, 5],
      origin: { layer: 'C1', filter: 2, channel: 1, step: 9 },
    });
    expect(benchKernel(filter, null)).toMatchObject({ channels: 3, weights: [1, 2, 3, 4, 5, 6] });
    expect([one, benchKernel(filter, null)].every((kernel) => is(benchKernelSchema, kernel))).toBe(true);
  });

  it('is the layer’s operation, as near as the bench can do it', () => {
    const spec = { kind: 'conv', name: 'H1', filters: 12, size: 5, stride: 2 } as const;
    const padded = benchOperation(
      { ...spec, padding: [2, 2], paddingValue: -1, activation: 'scaled-tanh', bias: 'unit' },
      null,
    );
    expect(padded).toMatchObject({
      stride: 2,
      padding: 2,
      padMode: 'value',
      padValue: -1,
      bias: 0,
      activation: 'tanh',
    });
    const plain = benchOperation({ ...spec, padding: [0, 3], activation: 'relu' }, 0.25);
    expect(plain).toMatchObject({ padding: 'valid', padMode: 'zero', bias: 0.25, sense: 'correlation' });
    expect([padded, plain].every((operation) => is(operationSchema, operation))).toBe(true);
  });
});
