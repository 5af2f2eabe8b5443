import { sizeOf } from '../../tensor/shape.ts';
import { NetworkError } from '../network-error.ts';
import type { LrnSpec } from '../spec.ts';
import { factsOf, imageShape, requirePositive, type Rule } from './layer.ts';

/** [H, W, maps] → the same shape. */
export const lrn: Rule<LrnSpec> = (spec, source) => {
  const { name, depth, k, alpha, beta } = spec;
  requirePositive(name, { depth });
  if (depth % 2 === 0) {
    throw new NetworkError(name, `A depth of ${depth} has no map in its middle: choose an odd number of maps`);
  }
  if (!(k > 0 && Number.isFinite(k))) {
    throw new NetworkError(name, `k must be above zero, not ${k}: it keeps the divisor from vanishing`);
  }
  if (!(alpha >= 0 && Number.isFinite(alpha)))
    throw new NetworkError(name, `alpha must not be below zero, as ${alpha} is`);
  if (!Number.isFinite(beta)) throw new NetworkError(name, `beta must be a number, not ${beta}`);
  imageShape(spec, source);
  // A square and a sum for each neighbour; then the scale, the power and the product.
  return factsOf(source, { flops: sizeOf(source.shape) * (2 * depth + 3) });
};
