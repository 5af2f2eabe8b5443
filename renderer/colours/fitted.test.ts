import { describe, expect, it } from 'vitest';
import { fittedZoom, isCrisp, kept } from './fitted.ts';

describe('a picture in its room', () => {
  it('has cells of a whole number of pixels where that costs little', () => {
    expect(fittedZoom({ height: 28, width: 28 }, { height: 300, width: 400 }, 1)).toBe(10);
    expect(fittedZoom({ height: 100, width: 100 }, { height: 230, width: 400 }, 1)).toBe(2);
  });

  it('fills the room otherwise', () => {
    expect(fittedZoom({ height: 100, width: 100 }, { height: 150, width: 400 }, 1)).toBe(1.5);
    expect(fittedZoom({ height: 512, width: 512 }, { height: 256, width: 400 }, 1)).toBe(0.5);
  });

  it("counts in the screen's own pixels", () => {
    expect(fittedZoom({ height: 100, width: 100 }, { height: 150, width: 400 }, 2)).toBe(1.5);
    expect(fittedZoom({ height: 100, width: 100 }, { height: 140, width: 400 }, 1.5)).toBeCloseTo(2 / 1.5);
    expect(fittedZoom({ height: 100, width: 100 }, { height: 180, width: 400 }, 1.5)).toBeCloseTo(1.8);
  });

  it.each([1, 1.25, 1.5, 2])('never leaves the room at %d pixels a CSS pixel', (ratio) => {
    for (let cells = 1; cells < 600; cells += 7) {
      expect(
        fittedZoom({ height: cells, width: 2 * cells }, { height: 300, width: 301 }, ratio) * 2 * cells,
      ).toBeLessThanOrEqual(301.001);
    }
  });
});

it('smooths cells that would come out of unequal sizes', () => {
  expect([0.5, 1, 1.5, 2, 2.3, 2.7, 10].map(isCrisp)).toEqual([false, true, false, true, false, true, true]);
});

it('stays on the picture', () => {
  expect(kept({ row: -1, column: 9 }, { height: 3, width: 4 })).toEqual({ row: 0, column: 3 });
});
