import { lab } from 'd3-color';
import { interpolateCividis, interpolateMagma, interpolateViridis } from 'd3-scale-chromatic';
import type { ColourMapChoice } from '../../shared/bench/experiment.ts';
import { bytesOf, colorAt, palettes, type SceneTheme } from '../scene/colors.ts';

/** `direction`: round and round, for angles. */
export type Colours = ColourMapChoice | 'direction';

/** Odd, so that zero, in the middle of a signed scale, has a colour of its own. */
export const tableSteps = 511;

/** `tableSteps` pixels as a canvas holds them, from the smallest number to the largest; opaque. */
export type ColourTable = Uint32Array;

const tables = new Map<string, ColourTable>();

/**
 * The colours of a map; the same array for the same arguments.
 *
 * @param isSigned zero is in the middle: `automatic` diverges from there. The sequential ones run on through it.
 */
export function tableFor(colours: Colours, isSigned: boolean, theme: SceneTheme): ColourTable {
  const key = `${colours}/${isSigned}/${theme}`;
  let table = tables.get(key);
  if (!table) {
    table = Uint32Array.from({ length: tableSteps }, (_, i) =>
      pixelOf(colourAt(colours, isSigned, theme, i / (tableSteps - 1))),
    );
    tables.set(key, table);
  }
  return table;
}

/** Red, green and blue, 0–255 each, as one pixel of a canvas: the bytes R, G, B, A in the order of a little-endian machine. */
export function pixelOf([red, green, blue]: readonly [number, number, number]): number {
  return (0xff000000 | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

/** `rgb(…)`, as style sheets take it. */
export function cssOf(pixel: number): string {
  return `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;
}

function colourAt(colours: Colours, isSigned: boolean, theme: SceneTheme, t: number): [number, number, number] {
  switch (colours) {
    case 'automatic':
      return colorAt(isSigned ? 'signed' : 'unsigned', palettes[theme], t);
    case 'blue-orange':
      return colorAt('signed', palettes[theme], t);
    case 'grey':
      return colorAt('grey', palettes[theme], t);
    case 'cividis':
      return bytesOf(interpolateCividis(t));
    case 'viridis':
      return bytesOf(interpolateViridis(t));
    case 'magma':
      return bytesOf(interpolateMagma(t));
    case 'direction':
      return bytesOf(directionColour(t * 2 * Math.PI - Math.PI));
    default:
      return colours satisfies never;
  }
}

/**
 * A circle in CIELAB through light, orange, dark and blue: equal turns look equal, and nobody needs to tell red from green.
 * @param angle radians; 0 is light, a quarter turn orange.
 */
function directionColour(angle: number): string {
  const radius = 34;
  const across = Math.sin(angle) * radius;
  return lab(56 + Math.cos(angle) * radius, across * 0.33, across * 0.944).formatHex();
}
