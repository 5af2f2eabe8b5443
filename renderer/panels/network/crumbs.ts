import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { m } from '../../messages/compiled/messages.js';
import type { Place } from '../../state/focus.svelte.ts';
import { describeLayer } from './layer-names.ts';

export type Crumb = { readonly label: string; readonly place: Place };

/** The way from the whole network to a place: every step one can go back to, the place itself last. Maps count from 1, as elsewhere. */
export function crumbsOf(trace: NetworkTrace, place: Place): readonly Crumb[] {
  const crumbs: Crumb[] = [{ label: m.scene_place_network(), place: { kind: 'network' } }];
  if (place.kind === 'network') return crumbs;
  const { layer } = place;
  crumbs.push({ label: describeLayer(trace, layer, layer === 'input').name, place: { kind: 'layer', layer } });
  if (place.kind === 'layer') return crumbs;
  const isRow = isRowOfUnits(trace, layer);
  // A row of units is no map of its own.
  if (!isRow) {
    const { map } = place;
    crumbs.push({ label: m.scene_place_map({ map: map + 1 }), place: { kind: 'map', layer, map } });
  }
  if (place.kind === 'map') return crumbs;
  const { row, column } = place;
  crumbs.push({
    label: isRow ? m.scene_place_unit_in_row({ unit: column }) : m.scene_place_unit({ row, column }),
    place,
  });
  return crumbs;
}

/** Whether a layer gives one row of units rather than maps. */
export function isRowOfUnits(trace: NetworkTrace, layer: string): boolean {
  return trace.layers.find(({ spec }) => spec.name === layer)?.output.length === 1;
}
