import { frameLayout } from '../../../shared/frame/layout.ts';
import { partOf } from '../../../shared/frame/planes.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';

/** Of what a film can be made: all planes of a part, or those of one map or filter. */
export type FilmPlanes = {
  /** Maps, or filters. */
  readonly count: number;
  /** The planes of one; of all for −1. */
  readonly of: (one: number) => readonly number[];
};

/** A filter's planes are what it reads of each input channel: plane i · filters + f. */
export function filmPlanes(trace: NetworkTrace, layer: string, part: 'kernels' | 'maps'): FilmPlanes {
  const planes = partOf(frameLayout(trace), layer, part)?.planes ?? 0;
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  const count = part === 'kernels' ? (traced?.weights[0]?.shape[3] ?? 1) : planes;
  const all = Array.from({ length: planes }, (_, plane) => plane);
  return { count, of: (one) => (one < 0 ? all : all.filter((plane) => plane % count === one)) };
}
