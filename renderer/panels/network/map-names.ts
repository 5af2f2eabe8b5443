import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { m } from '../../messages/compiled/messages.js';
import type { SceneHit } from '../../scene/index.ts';
import { describeLayer } from './layer-names.ts';

/** What is pointed at, in words: `C1 · map 3 of 6`. Counted from 1, as people count. */
export function nameOf(trace: NetworkTrace, { part, plane }: Pick<SceneHit, 'part' | 'plane'>): string {
  const { name } = describeLayer(trace, part.layer, part.part === 'input');
  switch (part.part) {
    case 'input':
      return name;
    case 'kernels': {
      const filters = filtersOf(trace, part.layer);
      const [filter, input] = [(plane % filters) + 1, Math.floor(plane / filters) + 1];
      return m.kernel_of({ layer: name, filter, input });
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

function filtersOf(trace: NetworkTrace, layer: string): number {
  const spec = trace.layers.find((traced) => traced.spec.name === layer)?.spec;
  return spec?.kind === 'conv' ? spec.filters : 1;
}
