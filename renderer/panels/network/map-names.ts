import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { m } from '../../messages/compiled/messages.js';
import type { SceneHit } from '../../scene/index.ts';
import { describeLayer } from './layer-names.ts';

const channels = [m.channel_red, m.channel_green, m.channel_blue];

/** What is pointed at, in words: `C1 · map 3 of 6`. Counted from 1, as people count. */
export function nameOf(
  trace: NetworkTrace,
  { part, plane, planes }: Pick<SceneHit, 'part' | 'plane' | 'planes'>,
): string {
  const { name } = describeLayer(trace, part.layer, part.part === 'input');
  switch (part.part) {
    case 'input':
      return part.planes === 3 && planes.length === 1 ? m.input_channel({ channel: channels[plane]!() }) : name;
    case 'kernels': {
      const { filters, groups, inputs } = kernelsOf(trace, part.layer);
      const filter = plane % filters;
      if (planes.length > 1) return m.scene_kernel_in_colour({ layer: name, filter: filter + 1 });
      // A group's filters read its own channels, which come after those of the groups before.
      const group = Math.floor((filter * groups) / filters);
      const input = group * inputs + Math.floor(plane / filters);
      return m.kernel_of({ layer: name, filter: filter + 1, input: input + 1 });
    }
    case 'maps':
      if (part.height === 1 && part.planes === 1) return m.units_of({ layer: name });
      return m.map_of({ layer: name, map: plane + 1, maps: part.planes });
    case 'scores':
      return m.class_scores();
    default:
      return part.part satisfies never;
  }
}

/** Filters, groups, and the input channels that a filter reads. */
function kernelsOf(trace: NetworkTrace, layer: string): { filters: number; groups: number; inputs: number } {
  const traced = trace.layers.find(({ spec }) => spec.name === layer);
  if (traced?.spec.kind !== 'conv') return { filters: 1, groups: 1, inputs: 1 };
  const { filters, groups = 1 } = traced.spec;
  return { filters, groups, inputs: traced.weights[0]!.shape[2]! };
}
