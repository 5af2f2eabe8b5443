import type { NetworkTrace, TracedLayer } from '../../../shared/network/shapes.ts';
import { type Rows, rowsOf } from './stores.ts';

/** Where one of a layer's weight tensors stands among all weights. */
export function tensorRows({ layers }: NetworkTrace, { index }: TracedLayer, place: number): Rows {
  const shapes = layers.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const before = layers.slice(0, index).reduce((count, { weights }) => count + weights.length, 0);
  return rowsOf(shapes, before + place);
}
