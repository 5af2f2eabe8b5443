import { describe, expect, it } from 'vitest';
import { lenet5Textbook } from './presets/index.ts';
import { trace, windowsAlong } from './shapes.ts';

describe('the textbook LeNet-5', () => {
  const network = trace(lenet5Textbook());
  it('has 61,706 parameters', () => {
    expect(network.parameters).toBe(61_706);
  });
  it('has the shapes of the textbook', () => {
    expect(network.layers.map(({ output }) => output)).toEqual([
      [28, 28, 6],
      [14, 14, 6],
      [10, 10, 16],
      [5, 5, 16],
      [400],
      [120],
      [84],
      [10],
    ]);
  });
  it('sees 16 by 16 pixels from a cell of S4', () => {
    expect(network.layers[3]!.receptiveField).toBe(16);
  });
});

describe('a window along an axis', () => {
  it('refuses one larger than a valid-padded input', () => {
    expect(() => windowsAlong(5, 7, 1, 'valid')).toThrow(
      'A window of 7 does not fit in 5 cells: use a smaller window or padding "same"',
    );
  });
  it('fits a stride of two', () => {
    expect(windowsAlong(28, 2, 2, 'valid')).toBe(14);
  });
});
