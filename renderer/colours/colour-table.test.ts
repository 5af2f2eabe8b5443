import { lab, rgb } from 'd3-color';
import { describe, expect, it } from 'vitest';
import { colourMaps } from '../../shared/bench/experiment.ts';
import { type ColourTable, pixelOf, tableFor, tableSteps } from './colour-table.ts';

const themes = ['light', 'dark'] as const;
const middle = (tableSteps - 1) / 2;

function labOf(pixel: number) {
  return lab(rgb(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255));
}

/** CIE76: how different colours a little apart look, in shares of the mean, the most different first. Bytes are rounded: neighbours say little. */
function steps(table: ColourTable, apart = 16): number[] {
  const colours = [...table].map(labOf);
  const found = colours.slice(apart).map(({ l, a, b }, i) => {
    const before = colours[i]!;
    return Math.hypot(l - before.l, a - before.a, b - before.b);
  });
  const mean = found.reduce((sum, x) => sum + x, 0) / found.length;
  return found.map((step) => step / mean).sort((x, y) => y - x);
}

it('packs red, green and blue as a canvas holds them', () => {
  expect([...new Uint8Array(Uint32Array.of(pixelOf([1, 2, 3])).buffer)]).toEqual([1, 2, 3, 255]);
});

it('is made once', () => {
  expect(tableFor('viridis', false, 'light')).toBe(tableFor('viridis', false, 'light'));
});

describe.each(themes)('on a %s page', (theme) => {
  it.each(colourMaps.filter((name) => name !== 'blue-orange'))(
    '%s goes one way in lightness, without a jump, so that grey prints and colour-blind eyes read it',
    (name) => {
      const table = tableFor(name, false, theme);
      const lightness = [...table].map((pixel) => labOf(pixel).l);
      const way = Math.sign(lightness.at(-1)! - lightness[0]!);
      // Bytes are rounded: a step may go back by less than a unit of lightness.
      expect(lightness.slice(1).every((l, i) => (l - lightness[i]!) * way > -0.7)).toBe(true);
      expect(Math.abs(lightness.at(-1)! - lightness[0]!)).toBeGreaterThan(70);
      expect(steps(table)[0]).toBeLessThan(2);
    },
  );

  it.each(['automatic', 'blue-orange'] as const)('%s has zero in the middle, blue below and orange above', (name) => {
    const table = tableFor(name, true, theme);
    const [low, zero, high] = [labOf(table[0]!), labOf(table[middle]!), labOf(table[tableSteps - 1]!)];
    expect(Math.hypot(zero.a, zero.b)).toBeLessThan(6);
    expect(low.b).toBeLessThan(-25);
    expect(high.b).toBeGreaterThan(25);
  });

  it('a direction comes round to where it began, with equal steps all the way', () => {
    const table = tableFor('direction', false, theme);
    expect(table[0]).toBe(table[tableSteps - 1]);
    expect(steps(table)[0]).toBeLessThan(1.1);
    expect(steps(table).at(-1)).toBeGreaterThan(0.9);
  });
});

it('tells directions apart by lightness and blue against orange, which all eyes see', () => {
  const table = tableFor('direction', false, 'light');
  const at = (angle: number) => labOf(table[Math.round(((angle + Math.PI) / (2 * Math.PI)) * (tableSteps - 1))]!);
  expect(at(0).l - at(Math.PI).l).toBeGreaterThan(60);
  expect(at(Math.PI / 2).b - at(-Math.PI / 2).b).toBeGreaterThan(55);
});
