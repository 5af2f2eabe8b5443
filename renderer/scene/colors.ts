import { color, lab } from 'd3-color';
import { interpolateMagma } from 'd3-scale-chromatic';

export type SceneTheme = 'light' | 'dark';

/** sRGB, `#rrggbb`. */
export type Palette = {
  readonly background: string;
  /** Thin line around a map, and the line a panel stands on. */
  readonly frame: string;
  readonly rule: string;
  /** The map or cell under the pointer, and score bars. */
  readonly accent: string;
  /** The empty part of a score bar. */
  readonly track: string;
  /** Zero to one: nothing is near the background, much stands out. */
  readonly unsigned: (t: number) => string;
  /** Negative, zero, positive. */
  readonly signed: readonly [string, string, string];
};

export const palettes: Record<SceneTheme, Palette> = {
  dark: {
    background: '#14171c',
    frame: '#3a414b',
    rule: '#3a414b',
    accent: '#f2b65a',
    track: '#252a31',
    unsigned: (t) => interpolateMagma(0.04 + 0.94 * t),
    signed: ['#58a6e8', '#20242b', '#f0994a'],
  },
  light: {
    background: '#f5f3ee',
    frame: '#b9b4a8',
    rule: '#c3beb2',
    accent: '#b4500f',
    track: '#e3dfd5',
    unsigned: (t) => interpolateMagma(0.985 - 0.9 * t),
    signed: ['#1f6fb5', '#faf8f4', '#c25e0c'],
  },
};

/** Rows of the colour texture, in this order. */
export const colorRows = ['grey', 'unsigned', 'signed'] as const;
export const colorSteps = 256;

/** RGBA bytes of a texture with one colour map a row, 256 steps each. */
export function bakeColors(palette: Palette): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(colorRows.length * colorSteps * 4);
  colorRows.forEach((row, r) => {
    for (let i = 0; i < colorSteps; i += 1) {
      bytes.set([...mapped(row, palette, i / (colorSteps - 1)), 255], (r * colorSteps + i) * 4);
    }
  });
  return bytes;
}

function mapped(row: (typeof colorRows)[number], palette: Palette, t: number): [number, number, number] {
  switch (row) {
    case 'grey':
      return [t * 255, t * 255, t * 255];
    case 'unsigned':
      return bytesOf(palette.unsigned(t));
    case 'signed': {
      const [negative, zero, positive] = palette.signed;
      return bytesOf(t < 0.5 ? between(zero, negative, 1 - 2 * t) : between(zero, positive, 2 * t - 1));
    }
    default:
      return row satisfies never;
  }
}

/** Mixes in CIELAB, so that equal steps look equal. */
function between(from: string, to: string, t: number): string {
  const [a, b] = [lab(from), lab(to)];
  return lab(a.l + t * (b.l - a.l), a.a + t * (b.a - a.a), a.b + t * (b.b - a.b)).formatHex();
}

/** 0–255 each. */
export function bytesOf(text: string): [number, number, number] {
  const { r, g, b } = color(text)!.rgb().clamp();
  return [r, g, b];
}
