import { lab, rgb } from 'd3-color';
import { describe, expect, it } from 'vitest';
import { bakeColors, colorRows, colorSteps, palettes, type SceneTheme } from './colors.ts';

const themes: SceneTheme[] = ['light', 'dark'];

function lightness(theme: SceneTheme, row: (typeof colorRows)[number]): number[] {
  const bytes = bakeColors(palettes[theme]);
  return Array.from({ length: colorSteps }, (_, i) => {
    const at = (colorRows.indexOf(row) * colorSteps + i) * 4;
    return lab(rgb(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!)).l;
  });
}

describe.each(themes)('the %s colour maps', (theme) => {
  it('change in lightness evenly from nothing to much', () => {
    const values = lightness(theme, 'unsigned');
    const steps = values.slice(1).map((value, i) => value - values[i]!);
    const direction = Math.sign(values[255]! - values[0]!);
    // A byte's rounding is up to a third of a step of lightness.
    expect(steps.every((step) => step * direction > -0.4)).toBe(true);
    expect(Math.abs(values[255]! - values[0]!)).toBeGreaterThan(75);
    expect(Math.abs(values[128]! - (values[0]! + values[255]!) / 2)).toBeLessThan(8);
  });

  it('put zero near the background, as far from both signs', () => {
    const values = lightness(theme, 'signed');
    const background = lab(palettes[theme].background).l;
    expect(Math.abs(values[128]! - background)).toBeLessThan(8);
    expect(Math.abs(values[0]! - background)).toBeGreaterThan(30);
    expect(Math.abs(values[255]! - background)).toBeGreaterThan(30);
  });
});

it('shows the input as it is: black is 0, white is 255', () => {
  const bytes = bakeColors(palettes.light);
  expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
  expect([...bytes.subarray(255 * 4, 256 * 4)]).toEqual([255, 255, 255, 255]);
});
