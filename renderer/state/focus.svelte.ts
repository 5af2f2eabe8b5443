/**
 * What of the network is looked at closely, from the whole down to one number. Layers by name (`input` too); `map` counts planes of the layer's
 * maps from 0; rows of units are one map of one row.
 */
export type Place =
  | { readonly kind: 'network' }
  | { readonly kind: 'layer'; readonly layer: string }
  | { readonly kind: 'map'; readonly layer: string; readonly map: number }
  | {
      readonly kind: 'unit';
      readonly layer: string;
      readonly map: number;
      readonly row: number;
      readonly column: number;
    };

/** The one place that scene, breadcrumb and inspector share. */
export class Focus {
  place = $state.raw<Place>({ kind: 'network' });

  on(place: Place): void {
    this.place = place;
  }

  /** One step back towards the whole. */
  out(): void {
    this.place = outer(this.place);
  }

  /** Another network has other places. */
  forget(): void {
    this.place = { kind: 'network' };
  }
}

function outer(place: Place): Place {
  switch (place.kind) {
    case 'network':
    case 'layer':
      return { kind: 'network' };
    case 'map':
      return { kind: 'layer', layer: place.layer };
    case 'unit':
      return { kind: 'map', layer: place.layer, map: place.map };
    default:
      return place satisfies never;
  }
}
