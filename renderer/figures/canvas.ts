import { cssFont, type Figure, type FigureFont, type FigureItem, type Raster } from './figure.ts';
import type { MeasureText } from './layout.ts';

/** Draws a figure on a canvas, `scale` of its pixels a unit. */
export function drawFigure(figure: Figure, scale: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.round(figure.width * scale), Math.round(figure.height * scale));
  const context = contextOf(canvas);
  context.scale(scale, scale);
  for (const item of figure.items) drawItem(context, item, scale);
  return canvas;
}

/** A figure as a PNG file. */
export async function pngFromFigure(figure: Figure, scale: number): Promise<Blob> {
  return await drawFigure(figure, scale).convertToBlob({ type: 'image/png' });
}

/** A raster as a PNG file of just these pixels. */
export async function pngFromRaster(raster: Raster): Promise<Uint8Array> {
  const blob = await canvasOf(raster).convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

/** Measures with the window's own fonts, once those that the texts need have been loaded. */
export async function textMeasure(texts: string): Promise<MeasureText> {
  const weights = [400, 500, 600] as const;
  const families: readonly FigureFont['family'][] = ['words', 'numbers'];
  const fonts = families.flatMap((family) => weights.map((weight) => cssFont({ family, size: 12, weight })));
  await Promise.all(fonts.map((font) => document.fonts.load(font, texts)));
  const context = contextOf(new OffscreenCanvas(1, 1));
  return (text, font) => {
    context.font = cssFont(font);
    return context.measureText(text).width;
  };
}

function drawItem(context: OffscreenCanvasRenderingContext2D, item: FigureItem, scale: number): void {
  switch (item.kind) {
    case 'rect':
      context.fillStyle = item.fill;
      context.fillRect(item.x, item.y, item.width, item.height);
      if (item.stroke !== undefined) {
        context.strokeStyle = item.stroke;
        context.lineWidth = 0.75;
        context.strokeRect(item.x, item.y, item.width, item.height);
      }
      return;
    case 'line':
      context.strokeStyle = item.colour;
      context.lineWidth = 0.75;
      context.lineCap = 'square';
      context.beginPath();
      context.moveTo(item.x1, item.y1);
      context.lineTo(item.x2, item.y2);
      context.stroke();
      return;
    case 'text':
      context.font = cssFont(item.font);
      context.fillStyle = item.colour;
      context.direction = item.direction;
      context.textAlign = item.align === 'middle' ? 'center' : item.align;
      context.fillText(item.text, item.x, item.y);
      return;
    case 'image':
      // Cells smaller than the canvas' pixels are averaged: left out at random, they would make patterns that are not there.
      context.imageSmoothingEnabled = item.isSmooth || item.raster.width > item.width * scale;
      context.imageSmoothingQuality = 'high';
      context.drawImage(canvasOf(item.raster), item.x, item.y, item.width, item.height);
      return;
    default:
      item satisfies never;
  }
}

/** Draws a raster on a canvas of the page, a pixel a cell. */
export function drawRaster(canvas: HTMLCanvasElement, { height, width, pixels }: Raster): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
}

function canvasOf({ height, width, pixels }: Raster): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  contextOf(canvas).putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This window has no 2D canvas');
  return context;
}
