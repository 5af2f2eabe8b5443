import { bakeColors, colorRows, colorSteps, palettes, type SceneTheme } from '../scene/colors.ts';

/** `grey`: images. `unsigned`: from zero up. `signed`: on both sides of zero, which is in the middle. */
export type ColourMap = (typeof colorRows)[number];

const tables = new Map<SceneTheme, Uint8Array>();

/** 256 RGBA colours, the same that the network view uses. */
export function colourTable(map: ColourMap, theme: SceneTheme): Uint8Array {
  let baked = tables.get(theme);
  if (!baked) {
    baked = bakeColors(palettes[theme]);
    tables.set(theme, baked);
  }
  const start = colorRows.indexOf(map) * colorSteps * 4;
  return baked.subarray(start, start + colorSteps * 4);
}

/**
 * Paints `height × width` cells into a canvas of that many pixels; CSS enlarges it.
 * @param stepOf place of cell `i` on the colour map, 0–255.
 */
export function paintPlane(
  canvas: HTMLCanvasElement,
  { height, width }: { readonly height: number; readonly width: number },
  table: Uint8Array,
  stepOf: (index: number) => number,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const step = Math.min(255, Math.max(0, Math.round(stepOf(i))));
    for (let c = 0; c < 4; c++) image.data[4 * i + c] = table[4 * step + c]!;
  }
  context.putImageData(image, 0, 0);
}
