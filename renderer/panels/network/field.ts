import { type PixelRect, receptiveFieldOf } from '../../../shared/network/receptive-field.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { SceneHit } from '../../scene/index.ts';
import type { Place } from '../../state/focus.svelte.ts';

/** The part of the image that the unit under the pointer sees, or else the selected one; null for none. */
export function fieldOf(trace: NetworkTrace, hit: SceneHit | null, place: Place): PixelRect | null {
  const unit =
    hit && (hit.part.part === 'maps' || hit.part.part === 'input') && hit.isCell
      ? { layer: hit.part.layer, row: hit.row, column: hit.column }
      : place.kind === 'unit'
        ? place
        : null;
  const isThere = unit && (unit.layer === 'input' || trace.layers.some(({ spec }) => spec.name === unit.layer));
  if (!unit || !isThere) return null;
  return receptiveFieldOf(trace, unit.layer, unit.row, unit.column).clipped;
}
