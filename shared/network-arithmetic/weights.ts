import type { Tensor } from './tensor.ts';

/** A layer's own numbers for one filter, unit or channel, by their names in the trace. */
export type UnitWeights = Readonly<Record<string, Tensor>>;

/** @throws RangeError if the layer has no such tensor. */
export function weightsNamed(weights: UnitWeights, name: string): Tensor {
  const found = weights[name];
  if (!found) throw new RangeError(`This arithmetic needs the layer’s ${name}, which was not read`);
  return found;
}

/** The one number of that name. @throws RangeError if there is none. */
export function numberNamed(weights: UnitWeights, name: string): number {
  return weightsNamed(weights, name).values[0]!;
}
