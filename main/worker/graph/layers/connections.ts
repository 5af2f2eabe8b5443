import type { TracedLayer } from '../../../../shared/network/shapes.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { float32, type Output } from '../graph.ts';

/**
 * 1 where a filter reads an input map and 0 where it does not, to multiply a kernel with: [1, 1, inputs, filters].
 * Null for a layer without a connection table.
 */
export function connectionMask(math: Arithmetic, { spec, input }: TracedLayer): Output | null {
  if (spec.kind !== 'conv' || !spec.connections) return null;
  const maps = input[2]!;
  const values = Array.from({ length: maps }, (_, map) =>
    spec.connections!.map((read) => (read.includes(map) ? 1 : 0)),
  ).flat();
  return math.graph.constant(float32, [1, 1, maps, spec.filters], values);
}
