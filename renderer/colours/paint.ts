import type { Plane } from '../../shared/math/plane.ts';
import { type ColourScale } from './colour-scale.ts';
import { type ColourTable, tableSteps } from './colour-table.ts';

/** Cells that are drawn fainter, the less there is of something. */
export type Fade = {
  readonly by: Plane;
  /** The number of `by` from which on a cell has its full colour. */
  readonly full: number;
};

/** Turns numbers into pixels, one a cell, in the order of the plane. */
export function paintNumbers(
  pixels: Uint32Array,
  { values }: Plane,
  { min, max }: ColourScale,
  table: ColourTable,
): void {
  const last = tableSteps - 1;
  const steps = last / (max - min || 1);
  for (let i = 0; i < pixels.length; i++) {
    const step = (values[i]! - min) * steps + 0.5;
    pixels[i] = table[step > 0 ? (step < last ? step | 0 : last) : 0]!;
  }
}

/** Makes pixels fainter: whatever stands behind the canvas shows through. */
export function fadePixels(pixels: Uint32Array, { by, full }: Fade): void {
  const share = 255 / (full || 1);
  for (let i = 0; i < pixels.length; i++) {
    const alpha = Math.min(255, Math.abs(by.values[i]!) * share) | 0;
    pixels[i] = ((pixels[i]! & 0xffffff) | (alpha << 24)) >>> 0;
  }
}

/** Turns an image, one plane (grey) or three (red, green, blue) with values in [0, 1], into pixels. */
export function paintImage(pixels: Uint32Array, planes: readonly Plane[]): void {
  const red = planes[0]!.values;
  const green = (planes[1] ?? planes[0]!).values;
  const blue = (planes[2] ?? planes[0]!).values;
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = (0xff000000 | (byte(blue[i]!) << 16) | (byte(green[i]!) << 8) | byte(red[i]!)) >>> 0;
  }
}

function byte(share: number): number {
  return share > 0 ? (share < 1 ? (share * 255 + 0.5) | 0 : 255) : 0;
}

const pictures = new WeakMap<HTMLCanvasElement, ImageData>();

/**
 * Brings a canvas to `height × width` pixels, one a cell (CSS enlarges it), and has `paint` fill them. The pixels are kept with their
 * canvas: nothing is allocated from one painting to the next.
 */
export function paintCanvas(
  canvas: HTMLCanvasElement,
  { height, width }: { readonly height: number; readonly width: number },
  paint: (pixels: Uint32Array) => void,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  let picture = pictures.get(canvas);
  if (
    !picture ||
    picture.width !== width ||
    picture.height !== height ||
    canvas.width !== width ||
    canvas.height !== height
  ) {
    canvas.width = width;
    canvas.height = height;
    picture = context.createImageData(width, height);
    pictures.set(canvas, picture);
  }
  paint(new Uint32Array(picture.data.buffer));
  context.putImageData(picture, 0, 0);
}
