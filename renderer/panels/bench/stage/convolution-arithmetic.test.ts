import { describe, expect, it } from 'vitest';
import { initialExperiment } from '../../../../shared/bench/initial.ts';
import { plane } from '../../../../shared/math/plane.ts';
import { convolutionArithmetic } from './convolution-arithmetic.ts';

const counted = (from: number) =>
  plane(
    3,
    3,
    Array.from({ length: 9 }, (_, i) => (from + i) / 20),
  );
const grey = { height: 3, width: 3, planes: [counted(0)] };
const colour = { height: 3, width: 3, planes: [counted(0), counted(1), counted(2)] };
const experiment = {
  ...initialExperiment,
  kernels: [{ ...initialExperiment.kernels[0]!, weights: [1, 2, 3, 4, 5, 6, 7, 8, -9] }],
  operation: { ...initialExperiment.operation, padding: 'same' as const, bias: 0.5, activation: 'none' as const },
};

describe('the arithmetic of a cell', () => {
  it('is one channel of rows for a grey image', () => {
    const { channels, bias, biased, sum } = convolutionArithmetic(experiment, grey, 0, { row: 1, column: 1 });
    expect(channels).toHaveLength(1);
    expect(channels[0]!.weights).toEqual([1, 2, 3, 4, 5, 6, 7, 8, -9]);
    expect(channels[0]!.tint).toBe('none');
    expect([bias, biased - sum]).toEqual([0.5, expect.closeTo(0.5)]);
  });

  it('marks the cells in the padding', () => {
    const { channels } = convolutionArithmetic(experiment, grey, 0, { row: 0, column: 0 });
    expect(channels[0]!.outside).toEqual([true, true, true, true, false, false, true, false, false]);
  });

  it('has the kernel turned for a true convolution', () => {
    const turned = { ...experiment, operation: { ...experiment.operation, sense: 'convolution' as const } };
    const { channels } = convolutionArithmetic(turned, grey, 0, { row: 1, column: 1 });
    expect(channels[0]!.weights).toEqual([-9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('has a channel each for red, green and blue, whose sums add up', () => {
    const { channels, sum } = convolutionArithmetic(experiment, colour, 0, { row: 1, column: 1 });
    expect(channels.map(({ name, tint }) => [name, tint])).toEqual([
      ['R', 'red'],
      ['G', 'green'],
      ['B', 'blue'],
    ]);
    expect(channels.reduce((total, channel) => total + channel.sum, 0)).toBeCloseTo(sum, 12);
  });

  it('has scales that no number is beyond, whatever stands in the padding', () => {
    const far = { ...experiment, operation: { ...experiment.operation, padMode: 'value' as const, padValue: -3 } };
    const { channels, scales } = convolutionArithmetic(far, grey, 0, { row: 0, column: 0 });
    for (const name of ['values', 'weights', 'products'] as const) {
      for (const number of channels[0]![name]) {
        expect(number).toBeGreaterThanOrEqual(scales[name].min);
        expect(number).toBeLessThanOrEqual(scales[name].max);
      }
    }
  });
});
