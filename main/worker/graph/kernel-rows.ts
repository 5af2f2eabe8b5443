import type { NetworkTrace, TracedLayer } from '../../../shared/network/shapes.ts';
import { type Rows, rowsOf } from './stores.ts';

/** Where a layer's kernel, the first of its weight tensors, stands among all weights. */
export function kernelRows({ layers }: NetworkTrace, { index }: TracedLayer): Rows {
  const shapes = layers.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const before = layers.slice(0, index).reduce((count, { weights }) => count + weights.length, 0);
  return rowsOf(shapes, before);
}
