import type { BenchView } from '../../shared/bench/experiment.ts';
import type { Computed } from '../state/bench/bench.svelte.ts';
import { benchFigure } from './bench-figure.ts';
import { pngFromFigure, pngFromRaster, textMeasure } from './canvas.ts';
import type { Figure } from './figure.ts';
import { layoutFigure } from './layout.ts';
import { svgFromFigure } from './svg.ts';

/** Pixels a unit: sharp on a projector and on paper. */
const pngScale = 2;

/** Letters of both languages, digits and signs: whatever fonts they need are loaded. */
const letters = 'Aa אב 0123456789 ×−≤≥π√';

/** The bench as a figure that can be drawn at once, once the fonts are there. */
export async function figureDrawer(): Promise<(computed: Computed, view: BenchView) => Figure> {
  const measure = await textMeasure(letters);
  return (computed, view) => layoutFigure(benchFigure(computed, view), measure);
}

/** The bench as a PNG file. */
export async function benchPng(computed: Computed, view: BenchView): Promise<Blob> {
  return await pngFromFigure((await figureDrawer())(computed, view), pngScale);
}

/** The bench as an SVG file. */
export async function benchSvg(computed: Computed, view: BenchView): Promise<string> {
  return await svgFromFigure((await figureDrawer())(computed, view), pngFromRaster);
}
