import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { SceneHit } from '../../scene/index.ts';
import type { Place } from '../../state/focus.svelte.ts';
import { isRowOfUnits } from './crumbs.ts';

type MapPlace = Extract<Place, { kind: 'map' | 'unit' }>;

/** Where one comes to from `place` by pressing what stands there: to a map, and in it to a unit. Kernels and classes lead to their layer. */
export function inner(trace: NetworkTrace, place: Place, { part, plane, row, column, panel }: SceneHit): Place {
  const isHere = place.kind !== 'network' && place.layer === panel;
  // The image beside a layer is there to be looked at.
  if (part.part === 'input' && place.kind !== 'network' && !isHere) return place;
  switch (part.part) {
    case 'kernels':
    case 'scores':
      return isHere ? place : { kind: 'layer', layer: panel };
    case 'input':
    case 'maps': {
      if (isRowOfUnits(trace, panel)) {
        return isHere ? { kind: 'unit', layer: panel, map: 0, row, column } : { kind: 'layer', layer: panel };
      }
      const isInMap = isHere && (place.kind === 'map' || place.kind === 'unit') && place.map === plane;
      return isInMap
        ? { kind: 'unit', layer: panel, map: plane, row, column }
        : { kind: 'map', layer: panel, map: plane };
    }
    default:
      return part.part satisfies never;
  }
}

/** One step back towards the whole. A row of units is no map of its own. */
export function outer(trace: NetworkTrace, place: Place): Place {
  switch (place.kind) {
    case 'network':
    case 'layer':
      return { kind: 'network' };
    case 'map':
      return { kind: 'layer', layer: place.layer };
    case 'unit':
      return isRowOfUnits(trace, place.layer)
        ? { kind: 'layer', layer: place.layer }
        : { kind: 'map', layer: place.layer, map: place.map };
    default:
      return place satisfies never;
  }
}

/** The unit so many rows and columns on, within the map; from a map as a whole, its middle. */
export function moved(trace: NetworkTrace, place: MapPlace, by: { rows: number; columns: number }): Place {
  const { rows, columns } = sizeOf(trace, place.layer);
  const { layer, map } = place;
  if (place.kind === 'map') return { kind: 'unit', layer, map, row: rows >> 1, column: columns >> 1 };
  return {
    ...{ kind: 'unit', layer, map },
    row: Math.max(0, Math.min(rows - 1, place.row + by.rows)),
    column: Math.max(0, Math.min(columns - 1, place.column + by.columns)),
  };
}

/** The same place in the layer's next map (1) or the one before (−1), around. */
export function nextMap(trace: NetworkTrace, place: MapPlace, by: 1 | -1): Place {
  const { maps } = sizeOf(trace, place.layer);
  return { ...place, map: (place.map + by + maps) % maps };
}

function sizeOf(trace: NetworkTrace, layer: string): { rows: number; columns: number; maps: number } {
  const shape = layer === 'input' ? trace.spec.input : trace.layers.find(({ spec }) => spec.name === layer)?.output;
  const [first = 1, columns, maps] = shape ?? [];
  if (columns === undefined) return { rows: 1, columns: first, maps: 1 };
  // A picture in colour is one map.
  return { rows: first, columns, maps: layer === 'input' && maps === 3 ? 1 : (maps ?? 1) };
}
