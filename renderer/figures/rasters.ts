import type { Plane } from '../../shared/math/plane.ts';
import type { ColourScale } from '../colours/colour-scale.ts';
import { tableFor, tableSteps } from '../colours/colour-table.ts';
import { paintImage, paintNumbers } from '../colours/paint.ts';
import type { Raster } from './figure.ts';

/** Figures are for paper. */
const theme = 'light';

/** An image of one plane (grey) or three (RGB) with values in [0, 1]. */
export function rasterFromImage(planes: readonly Plane[]): Raster {
  return painted(planes[0]!, (pixels) => paintImage(pixels, planes));
}

/** A map in the colours of its scale. */
export function rasterFromMap(plane: Plane, scale: ColourScale): Raster {
  return painted(plane, (pixels) => paintNumbers(pixels, plane, scale, tableFor(scale.colours, scale.isSigned, theme)));
}

/** All colours of a scale, the smallest number's first. */
export function rasterFromScale({ colours, isSigned }: ColourScale): Raster {
  return painted({ height: 1, width: tableSteps }, (pixels) => pixels.set(tableFor(colours, isSigned, theme)));
}

function painted(
  { height, width }: { readonly height: number; readonly width: number },
  paint: (pixels: Uint32Array) => void,
): Raster {
  const pixels = new Uint8ClampedArray(height * width * 4);
  paint(new Uint32Array(pixels.buffer));
  return { height, width, pixels };
}
