import { describe, expect, it } from 'vitest';
import { cellsRead, paddingAlong, windowsAlong } from './windows.ts';

describe('a window along an axis', () => {
  it('refuses one larger than a valid-padded input', () => {
    expect(() => windowsAlong(5, 7, 1, 'valid')).toThrow(
      'A window of 7 does not fit in 5 cells: use a smaller window or padding "same"',
    );
  });
  it('refuses a dilated one larger than the padded input', () => {
    expect(() => windowsAlong(5, 5, 1, [1, 1], 2)).toThrow(
      'A window of 5 (dilated to 9) does not fit in 5 cells padded to 7: use a smaller window or padding "same"',
    );
  });
  it('fits a stride of two', () => {
    expect(windowsAlong(28, 2, 2, 'valid')).toBe(14);
  });
  it('fits 55 windows of AlexNet into 224 pixels and three beyond the edge, 54 without', () => {
    expect(windowsAlong(224, 11, 4, [0, 3])).toBe(55);
    expect(windowsAlong(224, 11, 4, 'valid')).toBe(54);
  });
  it('gives a cell for each stride with "same" padding, the odd cell after', () => {
    expect(windowsAlong(16, 5, 2, 'same')).toBe(8);
    expect(paddingAlong({ cells: 16, size: 5, stride: 2, padding: 'same' })).toEqual([1, 2]);
    expect(paddingAlong({ cells: 28, size: 5, stride: 1, padding: 'same' })).toEqual([2, 2]);
    expect(paddingAlong({ cells: 9, size: 3, stride: 1, padding: 'same', dilation: 2 })).toEqual([2, 2]);
  });
  it('counts the cells that windows read, without padding', () => {
    // 0 1 2 | 2 3 (4 is padding)
    expect(cellsRead({ cells: 4, size: 3, stride: 2, padding: [0, 1] })).toBe(5);
    expect(cellsRead({ cells: 28, size: 2, stride: 2, padding: 'valid' })).toBe(28);
  });
});
