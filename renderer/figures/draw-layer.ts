import { pngFromFigure, pngFromRaster, textMeasure } from './canvas.ts';
import type { Figure } from './figure.ts';
import { layerFigure, type LayerFigure } from './layer-figure.ts';
import { layoutFigure } from './layout.ts';
import { svgFromFigure } from './svg.ts';

/** Pixels a unit, as for the bench. */
const pngScale = 2;

/** Letters of both languages, digits and signs: whatever fonts they need are loaded. */
const letters = 'Aa אב 0123456789 ×−≤≥·';

async function laidOut(choice: LayerFigure): Promise<Figure> {
  return layoutFigure(layerFigure(choice), await textMeasure(letters));
}

/** A layer as a PNG file. */
export async function layerPng(choice: LayerFigure): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await pngFromFigure(await laidOut(choice), pngScale);
  return new Uint8Array(await blob.arrayBuffer());
}

/** A layer as an SVG file. */
export async function layerSvg(choice: LayerFigure): Promise<Uint8Array> {
  return new TextEncoder().encode(await svgFromFigure(await laidOut(choice), pngFromRaster));
}
