import { describe, expect, it } from 'vitest';
import { outputSize } from './output-size.ts';

describe('the size of the output', () => {
  it.each([
    // cells, kernel, stride, padding, dilation: before, after, extent, output
    [28, 5, 1, 'valid', 1, 0, 0, 5, 24],
    [28, 5, 1, 'same', 1, 2, 2, 5, 28],
    [224, 7, 2, 3, 1, 3, 3, 7, 112],
    [224, 11, 4, 2, 1, 2, 2, 11, 55],
    // TensorFlow puts the odd cell after.
    [6, 3, 2, 'same', 1, 0, 1, 3, 3],
    [7, 3, 1, 'valid', 3, 0, 0, 7, 1],
    [5, 2, 7, 'same', 1, 0, 0, 2, 1],
  ] as const)(
    '%i cells, a kernel of %i, stride %i, padding %s, dilation %i',
    (cells, kernel, stride, padding, dilation, padBefore, padAfter, extent, output) => {
      expect(outputSize(cells, kernel, { stride, padding, dilation })).toEqual({ padBefore, padAfter, extent, output });
    },
  );

  it('is 0 where not even one window fits', () => {
    expect(outputSize(4, 5, { stride: 1, padding: 'valid', dilation: 1 }).output).toBe(0);
    expect(outputSize(1, 11, { stride: 16, padding: 4, dilation: 8 }).output).toBe(0);
  });

  it('is the number of windows that lie in the padded axis', () => {
    for (let cells = 1; cells <= 12; cells++) {
      for (const padding of ['valid', 'same', 0, 1, 3] as const) {
        for (const stride of [1, 2, 3, 5]) {
          for (const dilation of [1, 2]) {
            const { padBefore, padAfter, extent, output } = outputSize(cells, 3, { stride, padding, dilation });
            const padded = padBefore + cells + padAfter;
            const begins = Array.from({ length: padded }, (_, at) => at);
            const windows = begins.filter((at) => at % stride === 0 && at + extent <= padded);
            expect(output).toBe(windows.length);
            if (padding === 'same') expect(output).toBe(Math.ceil(cells / stride));
          }
        }
      }
    }
  });
});
