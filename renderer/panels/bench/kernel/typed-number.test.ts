import { describe, expect, it } from 'vitest';
import { numberFromText } from './typed-number.ts';

describe('a typed weight', () => {
  it.each([
    ['1.5', 1.5],
    [' −2 ', -2],
    ['0,25', 0.25],
    ['.5', 0.5],
    ['1/8', 0.125],
    ['-1/4', -0.25],
    ['2e-3', 0.002],
    ['-0', 0],
  ])('%j is %d', (text, number) => {
    expect(numberFromText(text)).toBe(number);
  });

  it.each(['', '-', '.', 'abc', '1 / 0', '1/2/3', '/2', '1e7', 'Infinity', 'NaN', '1..2'])('%j is none', (text) => {
    expect(numberFromText(text)).toBeNull();
  });
});
