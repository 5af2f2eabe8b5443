import { type Maps, mapsOf, valueOf } from './maps.ts';

export type ResponseNormalisation = {
  /** n, odd: how many neighbouring maps count, the map itself among them. */
  readonly depth: number;
  readonly k: number;
  /** Not divided by n. */
  readonly alpha: number;
  readonly beta: number;
};

/** b = a / (k + α Σ a²)^β over neighbouring maps (Krizhevsky et al., 2012, §3.3), in float64. */
export function responseNormalisation(maps: Maps, how: ResponseNormalisation): Maps {
  return eachPlace(maps, (image, y, x) => {
    const place = placeOf(maps, image, y, x, how);
    return (map) => place.value(map) * place.spread(map) ** -how.beta;
  });
}

/**
 * The gradient by the maps, from `gradient` by what `responseNormalisation` gives:
 * g_i s_i^−β − 2αβ a_i Σ_j g_j a_j s_j^(−β−1) over the maps j that have i as a neighbour.
 */
export function responseNormalisationBackward(maps: Maps, gradient: Maps, how: ResponseNormalisation): Maps {
  const { alpha, beta } = how;
  return eachPlace(maps, (image, y, x) => {
    const { value, spread, neighbours } = placeOf(maps, image, y, x, how);
    const arriving = (map: number): number => valueOf(gradient, image, y, x, map, 0);
    return (map) => {
      const through = neighbours(map).reduce(
        (sum, other) => sum + arriving(other) * value(other) * spread(other) ** (-beta - 1),
        0,
      );
      return arriving(map) * spread(map) ** -beta - 2 * alpha * beta * value(map) * through;
    };
  });
}

function eachPlace({ shape }: Maps, at: (image: number, y: number, x: number) => (map: number) => number): Maps {
  return mapsOf(shape, (image, y, x, map) => at(image, y, x)(map));
}

/** All maps at one place: their values, k + α Σ a² around each, and who is a neighbour of whom. */
function placeOf(maps: Maps, image: number, y: number, x: number, { depth, k, alpha }: ResponseNormalisation) {
  const value = (map: number): number => valueOf(maps, image, y, x, map, 0);
  const neighbours = (map: number): number[] =>
    Array.from({ length: depth }, (_, place) => map - (depth - 1) / 2 + place).filter(
      (other) => other >= 0 && other < maps.shape[3],
    );
  const spread = (map: number): number =>
    k + alpha * neighbours(map).reduce((sum, other) => sum + value(other) ** 2, 0);
  return { value, spread, neighbours };
}
