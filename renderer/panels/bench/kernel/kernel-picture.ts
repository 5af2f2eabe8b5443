import type { BenchKernel } from '../../../../shared/bench/experiment.ts';
import { type ColourTable, pixelOf, tableFor, tableSteps } from '../../../colours/colour-table.ts';
import type { SceneTheme } from '../../../scene/colors.ts';

/** The size of the largest weight, or 1 where all are zero: what the strongest colours stand for. */
export function reachOf(weights: readonly number[]): number {
  return weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
}

/** Diverging around zero, as maps with negative numbers are. */
export function weightColours(theme: SceneTheme): ColourTable {
  return tableFor('blue-orange', true, theme);
}

/** The pixel of a weight; `reach` and `−reach` have the strongest colours. */
export function weightPixel(weight: number, reach: number, colours: ColourTable): number {
  const share = Math.min(1, Math.max(0, 0.5 + weight / (2 * reach)));
  return colours[Math.round(share * (tableSteps - 1))]!;
}

/**
 * A kernel as pixels, one a cell: by the sign of its weights, or, where it has a plane a channel, as a small coloured image in which
 * middle grey is zero, which is how learned kernels are commonly shown.
 */
export function paintKernel(
  pixels: Uint32Array,
  { channels, weights }: Pick<BenchKernel, 'channels' | 'weights'>,
  theme: SceneTheme,
): void {
  const reach = reachOf(weights);
  const colours = weightColours(theme);
  const byte = (weight: number) => 127.5 + (127.5 * weight) / reach;
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] =
      channels === 1
        ? weightPixel(weights[i]!, reach, colours)
        : pixelOf([byte(weights[3 * i]!), byte(weights[3 * i + 1]!), byte(weights[3 * i + 2]!)]);
  }
}
