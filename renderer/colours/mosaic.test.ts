import { describe, expect, it } from 'vitest';
import { plane } from '../../shared/math/plane.ts';
import { imageScale } from './colour-scale.ts';
import { tableFor } from './colour-table.ts';
import { cornerOf, fittingMosaic, mosaicOf, paintColourMosaic, paintMosaic, planeAt } from './mosaic.ts';

const size = { height: 5, width: 5 };

describe('planes side by side', () => {
  it('stand in rows with a gap between them', () => {
    expect(mosaicOf(7, size, 4)).toEqual({ columns: 4, rows: 2, gap: 1, height: 11, width: 23 });
    expect(mosaicOf(3, size, 8)).toMatchObject({ columns: 3, rows: 1 });
    expect(cornerOf(mosaicOf(7, size, 4), size, 5)).toEqual({ row: 6, column: 6 });
  });

  it('have as many columns as the room wants', () => {
    expect(fittingMosaic(16, size, { height: 100, width: 100 })).toMatchObject({ columns: 4, rows: 4 });
    expect(fittingMosaic(16, size, { height: 10, width: 300 })).toMatchObject({ columns: 16, rows: 1 });
    expect(fittingMosaic(1, size, { height: 10, width: 300 })).toMatchObject({ columns: 1, rows: 1 });
  });

  it('are found by their cells', () => {
    const mosaic = mosaicOf(7, size, 4);
    for (let p = 0; p < 7; p++) {
      const { row, column } = cornerOf(mosaic, size, p);
      expect(planeAt(mosaic, size, row + 2, column + 4)).toBe(p);
    }
    expect(planeAt(mosaic, size, -1, 0)).toBe(-1);
    expect(planeAt(mosaic, size, 12, 0)).toBe(-1);
  });

  it('are painted by one scale, each in its place, and gaps are clear', () => {
    const planes = [plane(1, 2, [0, 1]), plane(1, 2, [1, 0]), plane(1, 2, [2, -1])];
    const mosaic = mosaicOf(3, planes[0]!, 2);
    const pixels = new Uint32Array(mosaic.height * mosaic.width).fill(7);
    paintMosaic(pixels, mosaic, planes, imageScale, tableFor('grey', false, 'light'));
    const [black, white] = [0xff000000, 0xffffffff];
    expect([...pixels]).toEqual([black, white, 0, white, black, 0, 0, 0, 0, 0, white, black, 0, 0, 0]);
  });

  it('are one picture of three colours where they read red, green and blue', () => {
    const of = (weight: number) => plane(1, 1, [weight]);
    // Two kernels: the first is pure red, the second is less than nothing of blue.
    const planes = [of(2), of(0), of(0), of(0), of(0), of(-2)];
    const mosaic = mosaicOf(2, planes[0]!, 2);
    const pixels = new Uint32Array(mosaic.width);
    paintColourMosaic(pixels, mosaic, planes, 2);
    expect([...pixels]).toEqual([0xff8080ff, 0, 0xff008080]);
  });
});
