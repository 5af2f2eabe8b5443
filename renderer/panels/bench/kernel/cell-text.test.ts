import { describe, expect, it } from 'vitest';
import { cellText } from './cell-text.ts';

describe('a weight in a narrow cell', () => {
  it.each([
    [1, 4, '1'],
    [-2, 4, '−2'],
    [0, 4, '0'],
    [0.1111111, 6, '0.111'],
    [-0.1111111, 6, '−0.111'],
    [-0.1111111, 5, '−0.11'],
    [0.2, 4, '.2'],
    [-0.1111111, 4, '−.11'],
    [0.0123, 4, '.012'],
    [0.000123, 4, '1e−4'],
    [-0.000123, 4, '≈0'],
    [12345, 4, '1e4'],
    [-123456, 4, '−1e5'],
    [-123456, 3, '≪'],
  ])('%d in %d characters is %s', (weight, characters, text) => {
    expect(cellText(weight, characters)).toBe(text);
  });
});
