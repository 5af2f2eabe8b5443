import type { Command, WatchedImage, WorkerEvent } from '../../../shared/contract.ts';
import { extentOf, type Unit } from '../../../shared/network-arithmetic/unit.ts';
import type { TracedLayer } from '../../../shared/network/shapes.ts';
import type { Focus, Place } from '../focus.svelte.ts';
import type { Learned } from '../learned.svelte.ts';
import type { RunState } from '../run.svelte.ts';
import type { WatchState } from '../watch.svelte.ts';
import { FilterFollower } from './filter-follower.svelte.ts';
import { HandsOn } from './hands-on.svelte.ts';
import { LayersInNumbers } from './layer-statistics.svelte.ts';
import { Scorer } from './scorer.svelte.ts';
import { UnitFollower } from './unit-follower.svelte.ts';

/** The inspector's pages: the layer as a whole, one number of it, one of its filters. */
export const inspectorPages = ['layer', 'unit', 'filter'] as const;
export type InspectorPage = (typeof inspectorPages)[number];

type Parts = {
  readonly run: RunState;
  readonly watch: WatchState;
  readonly focus: Focus;
  readonly learned: Learned;
  readonly send: (command: Command) => void;
};

/** What is looked at closely, with all that can be said about it and done to it. */
export class Inspector {
  page = $state<InspectorPage>('layer');
  /** Of the channels that the filter in focus reads, the one that is shown closely, by its place among them. */
  channel = $state(0);
  /** The layers whose weights stay as they are while the others learn. */
  frozen = $state.raw<readonly string[]>([]);
  /** Counts kernels that were written, from here or from the bench: what was read before is out of date. */
  written = $state(0);
  readonly statistics: LayersInNumbers;
  readonly follower: UnitFollower;
  readonly filters: FilterFollower;
  readonly hands: HandsOn;
  readonly scorer: Scorer;
  readonly #parts: Parts;

  /** The layer in focus; null for none, or for the image itself. */
  readonly layer: TracedLayer | null = $derived.by(() => {
    const { place } = this.#parts.focus;
    if (place.kind === 'network') return null;
    return this.#parts.run.trace.layers.find(({ spec }) => spec.name === place.layer) ?? null;
  });

  /** The unit in focus; of a map or a layer, the one in the middle. */
  readonly unit: Unit | null = $derived.by(() => {
    const { place } = this.#parts.focus;
    const { layer } = this;
    if (!layer || place.kind === 'network') return null;
    const { maps, rows, columns } = extentOf(layer.output);
    const within = (at: number, count: number): number => Math.min(count - 1, Math.max(0, at));
    const isRow = layer.output.length === 1;
    return {
      map: within(place.kind === 'layer' ? 0 : place.map, maps),
      row: within(place.kind === 'unit' ? place.row : Math.floor(rows / 2), rows),
      column: within(place.kind === 'unit' ? place.column : isRow ? 0 : Math.floor(columns / 2), columns),
    };
  });

  /**
   * The one image whose numbers are explained: where the mean over several is watched, the first of them, or the test image that was looked at
   * last. A mean has no arithmetic of its own.
   */
  readonly image: WatchedImage = $derived.by(() => {
    const { image, testIndex } = this.#parts.watch;
    switch (image.source) {
      case 'test':
      case 'drawn':
        return image;
      case 'several':
        return { source: 'test', index: image.indices[0] ?? testIndex };
      case 'class':
        return { source: 'test', index: testIndex };
      default:
        return image satisfies never;
    }
  });

  constructor(parts: Parts) {
    this.#parts = parts;
    this.statistics = new LayersInNumbers(parts.send);
    this.follower = new UnitFollower(parts.learned);
    this.filters = new FilterFollower(parts.learned);
    this.hands = new HandsOn(parts.learned);
    this.scorer = new Scorer(parts.learned);
  }

  lookAt(layer: string, unit: Unit): void {
    this.#parts.focus.on({ kind: 'unit', layer, ...unit });
  }

  /** Whoever chose a unit or a map wants to know where its numbers come from; whoever chose a layer, what it is. */
  focusMoved(place: Place): void {
    if (place.kind === 'layer' && this.page === 'unit') this.page = 'layer';
    if ((place.kind === 'map' || place.kind === 'unit') && this.page === 'layer') this.page = 'unit';
  }

  /** Reads what this page shows soon: the unit or the filter in focus; nothing any more if null. */
  follow(page: InspectorPage | null): void {
    const { layer, unit, image } = this;
    const isUnit = page === 'unit' && layer && unit;
    const isFilter = page === 'filter' && layer && unit;
    this.follower.want(isUnit ? { trace: this.#parts.run.trace, layer, unit, image } : null);
    this.filters.want(isFilter ? { layer: layer.spec.name, filter: unit.map } : null);
  }

  /** Opens a filter, for hands to be laid on it. */
  openFilter(layer: string, filter: number): void {
    this.page = 'filter';
    this.#parts.focus.on({ kind: 'map', layer, map: filter });
  }

  isFrozen(layer: string): boolean {
    return this.frozen.includes(layer);
  }

  freeze(layer: string, isFrozen: boolean): void {
    const others = this.frozen.filter((name) => name !== layer);
    this.frozen = isFrozen ? [...others, layer] : others;
    this.#parts.send({ type: 'freeze', layers: [...this.frozen] });
  }

  receive(event: WorkerEvent): void {
    this.statistics.receive(event);
    if (event.type === 'kernel-written') this.written += 1;
    if (event.type === 'configured') this.forget();
    if (event.type === 'phase' && event.phase === 'ready') {
      // Fresh weights: what a filter was before is nothing to go back to. What is frozen stays so.
      this.hands.forget();
      this.scorer.forget();
      if (this.frozen.length > 0) this.#parts.send({ type: 'freeze', layers: [...this.frozen] });
    }
  }

  /** Another network, or none. */
  forget(): void {
    this.frozen = [];
    this.statistics.forget();
    this.follower.forget();
    this.filters.forget();
    this.hands.forget();
    this.scorer.forget();
  }
}
