import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { Hog, type HogOptions } from './hog.ts';
import { references } from './testing/scikit-image.ts';

function hogOf(pixels: Uint8Array, shape: readonly number[], options: HogOptions): Float32Array {
  const hog = new Hog(shape, options);
  const out = new Float32Array(hog.length);
  hog.write(pixels, out);
  return out;
}

const cases = references.flatMap(({ name, shape, pixels, hog }) =>
  hog.map(({ values, ...options }) => ({ name, shape, pixels, values, ...options })),
);

describe('HOG with hard votes', () => {
  it.each(cases)(
    'is scikit-image’s: $name, $orientations orientations, cells of $cell, blocks of $block',
    ({ pixels, shape, values, orientations, cell, block }) => {
      const found = hogOf(pixels, shape, { orientations, cell, block, votes: 'hard' });
      expect(found.length).toBe(values.length);
      expect(Math.max(...values)).toBeGreaterThan(0.2);
      const differences = values.map((value, i) => Math.abs(value - found[i]!));
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    },
  );
});

/** The paper's votes by their definition: each pixel to all bins and cells, with shares that fall linearly with distance. */
function softHistogramsByDefinition(grey: (y: number, x: number) => number, side: number, cell: number, bins: number) {
  const cells = Math.floor(side / cell);
  const near = (distance: number) => Math.max(0, 1 - Math.abs(distance));
  const histograms: number[] = [];
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++)
      for (let bin = 0; bin < bins; bin++) {
        let votes = 0;
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++) {
            const dy = y > 0 && y < side - 1 ? grey(y + 1, x) - grey(y - 1, x) : 0;
            const dx = x > 0 && x < side - 1 ? grey(y, x + 1) - grey(y, x - 1) : 0;
            const turns = (Math.atan2(dy, dx) / Math.PI + 1) % 1;
            const away = turns * bins - (bin + 0.5);
            const byAngle = near(away) + near(away - bins) + near(away + bins);
            const byPlace = near((y + 0.5) / cell - (row + 0.5)) * near((x + 0.5) / cell - (column + 0.5));
            votes += Math.hypot(dx, dy) * byAngle * byPlace;
          }
        histograms.push(votes / cell ** 2);
      }
  return histograms;
}

describe('HOG with soft votes', () => {
  it('shares each gradient between bins and cells by distance', () => {
    const dice = new Dice(3);
    const pixels = Uint8Array.from({ length: 14 * 14 }, () => dice.whole(0, 255));
    const hog = new Hog([14, 14, 1], { orientations: 7, cell: 4, block: 1, votes: 'soft' });
    const expected = softHistogramsByDefinition((y, x) => pixels[y * 14 + x]!, 14, 4, 7);
    const found = hog.histograms(pixels);
    expect(found.length).toBe(expected.length);
    expected.forEach((votes, i) => expect(found[i]).toBeCloseTo(votes, 8));
  });

  it('changes little where an image turns a little, hard votes much', () => {
    // A slope just before and just after the border between two bins, at 20°.
    const slope = (degrees: number) =>
      Uint8Array.from({ length: 64 }, (_, i) => {
        const angle = (degrees * Math.PI) / 180;
        return Math.round(128 + 14 * ((i % 8) - 4) * Math.cos(angle) + 14 * (Math.floor(i / 8) - 4) * Math.sin(angle));
      });
    const change = (votes: 'soft' | 'hard') => {
      const options = { orientations: 9, cell: 8, block: 1, votes };
      const [before, after] = [17, 23].map((degrees) => hogOf(slope(degrees), [8, 8, 1], options));
      return Math.hypot(...before!.map((value, i) => value - after![i]!));
    };
    expect(change('soft')).toBeLessThan(0.5 * change('hard'));
  });
});

describe('HOG', () => {
  const options: HogOptions = { orientations: 9, cell: 4, block: 2, votes: 'soft' };

  it('has 1,296 numbers for a digit of MNIST', () => {
    expect(new Hog([28, 28, 1], options).length).toBe(1296);
  });

  it('is zero where nothing changes', () => {
    expect(hogOf(new Uint8Array(28 * 28).fill(200), [28, 28, 1], options).every((value) => value === 0)).toBe(true);
  });

  it('does not depend on contrast', () => {
    const dice = new Dice(4);
    const dim = Uint8Array.from({ length: 144 }, () => dice.whole(0, 120));
    const [one, other] = [dim, dim.map((value) => 2 * value)].map((pixels) => hogOf(pixels, [12, 12, 1], options));
    one!.forEach((value, i) => expect(value).toBeCloseTo(other![i]!, 5));
  });

  it('of a part that begins further in is that of the image cut there, but for the edge', () => {
    const dice = new Dice(5);
    const whole = Uint8Array.from({ length: 16 * 16 }, () => dice.whole(0, 255));
    const begin = [2, 3] as const;
    const hard = { ...options, votes: 'hard', cell: 2 } as const;
    const cut = Uint8Array.from({ length: 14 * 13 }, (_, i) => whole[(Math.floor(i / 13) + 2) * 16 + (i % 13) + 3]!);
    const found = new Hog([16, 16, 1], { ...hard, begin });
    const expected = new Hog([14, 13, 1], hard);
    expect(found.cells).toEqual(expected.cells);
    // The cell at (1, 1) has neither edge in it.
    const at = (found.cells[1] + 1) * 9;
    expect([...found.histograms(whole)].slice(at, at + 9)).toEqual([...expected.histograms(cut)].slice(at, at + 9));
  });

  it('refuses images smaller than a block', () => {
    expect(() => new Hog([12, 16, 1], { ...options, cell: 8 })).toThrow(
      'A block of 2×2 cells of 8 pixels does not fit into 12×16 pixels: it takes 16×16',
    );
  });
});
