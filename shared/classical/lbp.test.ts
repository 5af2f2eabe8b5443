import { describe, expect, it } from 'vitest';
import { Lbp, lbpCodes } from './lbp.ts';
import { references } from './testing/scikit-image.ts';

describe('local binary patterns', () => {
  const grey = references.filter(({ lbp }) => lbp !== null);

  it.each(grey)('have scikit-image’s codes: $name', ({ shape, pixels, lbp }) => {
    expect([...new Lbp(shape, 4).codes(pixels)]).toEqual([...lbp!]);
  });

  it('count the codes of each cell, as roots of shares', () => {
    const { shape, pixels } = grey[0]!;
    const lbp = new Lbp(shape, 5);
    const codes = lbp.codes(pixels).slice();
    const out = new Float32Array(lbp.length + 1).fill(9);
    lbp.write(pixels, out, 1);
    expect(lbp.cells).toEqual([4, 4]);
    expect(out[0]).toBe(9);
    const [row, column] = [2, 3];
    for (let code = 0; code < lbpCodes; code++) {
      let count = 0;
      for (let i = 0; i < 25; i++) {
        if (codes[(row * 5 + Math.floor(i / 5)) * shape[1]! + column * 5 + (i % 5)] === code) count += 1;
      }
      expect(out[1 + (row * 4 + column) * lbpCodes + code]).toBeCloseTo(Math.sqrt(count / 25), 6);
    }
  });

  it('do not depend on brightness or contrast', () => {
    const dim = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    const bright = dim.map((value) => 2 * value + 40);
    const inner = (codes: Uint8Array) => [...codes].filter((_, i) => i % 10 > 0 && i % 10 < 9 && i > 9 && i < 90);
    expect(inner(new Lbp([10, 10, 1], 5).codes(dim).slice())).toEqual(inner(new Lbp([10, 10, 1], 5).codes(bright)));
  });

  it('call a plain surface plain, however grey', () => {
    for (const value of [1, 77, 254, 255]) {
      const codes = new Lbp([5, 5, 3], 5).codes(new Uint8Array(75).fill(value));
      expect(codes[12]).toBe(lbpCodes - 2);
    }
  });

  it('refuse images smaller than a cell', () => {
    expect(() => new Lbp([6, 9, 1], 8)).toThrow('A cell of 8 pixels does not fit into 6×9 pixels');
  });
});
