import { color, lab, type LabColor } from 'd3-color';
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

/**
 * Magma turned about for paper, without its yellow: from the page through ochre and red to aubergine,
 * in five stops of evenly falling lightness.
 */
const ink = [lab(97, 0.5, 2.5), lab(77, 20, 36), lab(57, 42, 40), lab(36, 40, 10), lab(14, 22, -10)];

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
    unsigned: (t) => along(ink, t),
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
      bytes.set([...colorAt(row, palette, i / (colorSteps - 1)), 255], (r * colorSteps + i) * 4);
    }
  });
  return bytes;
}

/** The colour at `t` (0–1) of a map: 0–255 each. */
export function colorAt(row: (typeof colorRows)[number], palette: Palette, t: number): [number, number, number] {
  switch (row) {
    case 'grey':
      return [t * 255, t * 255, t * 255];
    case 'unsigned':
      return bytesOf(palette.unsigned(t));
    case 'signed': {
      const [negative, zero, positive] = palette.signed;
      return bytesOf(along([lab(negative), lab(zero), lab(positive)], t));
    }
    default:
      return row satisfies never;
  }
}

/** Mixes in CIELAB, so that equal steps look equal. */
function between(a: LabColor, b: LabColor, t: number): string {
  return lab(a.l + t * (b.l - a.l), a.a + t * (b.a - a.a), a.b + t * (b.b - a.b)).formatHex();
}

/** The colour at `t` (0–1) along evenly spaced stops. */
function along(stops: readonly LabColor[], t: number): string {
  const at = t * (stops.length - 1);
  const before = Math.min(Math.floor(at), stops.length - 2);
  return between(stops[before]!, stops[before + 1]!, at - before);
}

/** 0–255 each. */
export function bytesOf(text: string): [number, number, number] {
  const { r, g, b } = color(text)!.rgb().clamp();
  return [r, g, b];
}
