import type { Plane } from '../../../../shared/math/plane.ts';
import { extentOf } from '../../../../shared/network-arithmetic/unit.ts';
import type { Tensor } from '../../../../shared/network-arithmetic/tensor.ts';
import { type ColourScale, imageScale, scaleFor } from '../../../colours/colour-scale.ts';

/** One map of a tensor. */
export function planeFrom({ shape, values }: Tensor, map: number): Plane {
  const { rows: height, columns: width, maps } = extentOf(shape);
  return {
    height,
    width,
    values: Float32Array.from({ length: height * width }, (_, cell) => values[cell * maps + map]!),
  };
}

/** The smallest and the largest number of a tensor. */
export function rangeOf({ values }: Tensor): { readonly min: number; readonly max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    min = Math.min(min, values[i]!);
    max = Math.max(max, values[i]!);
  }
  return { min, max };
}

/** The colours of a map: an image's are grey from its darkest to its lightest number, a map's are its own. */
export function mapScale(tensor: Tensor, plane: Plane, isImage: boolean): ColourScale {
  return isImage ? { ...imageScale, ...rangeOf(tensor) } : scaleFor([plane], { colours: 'automatic' });
}
