import { SvelteMap } from 'svelte/reactivity';
import type { Command, LayerStatistics, WorkerEvent } from '../../../shared/contract.ts';

/** How many points of the past a curve shows: two minutes of twice a second. */
const mostPoints = 240;

/** How one tensor of weights has stood, oldest first. */
export type WeightHistory = { readonly updateRatios: readonly number[]; readonly gradientNorms: readonly number[] };

/** How the layers stand, while someone looks: the worker measures only then. */
export class LayersInNumbers {
  /** The newest, in layer order; null before the first. */
  latest = $state.raw<readonly LayerStatistics[] | null>(null);
  /** Steps done when they were measured. */
  step = $state(0);
  readonly #send: (command: Command) => void;
  readonly #histories = new SvelteMap<string, { updateRatios: number[]; gradientNorms: number[] }>();
  #isWanted = false;

  constructor(send: (command: Command) => void) {
    this.#send = send;
  }

  /** Whether someone looks. */
  want(isWanted: boolean): void {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#send({ type: 'watch-statistics', isWanted });
  }

  of(layer: string): LayerStatistics | null {
    return this.latest?.find((one) => one.layer === layer) ?? null;
  }

  historyOf(layer: string, weights: string): WeightHistory {
    return this.#histories.get(keyOf(layer, weights)) ?? { updateRatios: [], gradientNorms: [] };
  }

  receive(event: WorkerEvent): void {
    if (event.type === 'configured') {
      this.forget();
      // A fresh worker does not know that someone looks.
      if (this.#isWanted) this.#send({ type: 'watch-statistics', isWanted: true });
    }
    if (event.type === 'phase' && event.phase === 'ready') this.forget();
    if (event.type !== 'statistics') return;
    this.latest = event.layers;
    this.step = event.step;
    for (const { layer, weights } of event.layers) {
      for (const { name, updateRatio, gradientNorm } of weights) this.#remember(layer, name, updateRatio, gradientNorm);
    }
  }

  forget(): void {
    this.latest = null;
    this.step = 0;
    this.#histories.clear();
  }

  #remember(layer: string, weights: string, updateRatio: number, gradientNorm: number): void {
    const key = keyOf(layer, weights);
    const history = this.#histories.get(key) ?? { updateRatios: [], gradientNorms: [] };
    this.#histories.set(key, history);
    history.updateRatios.push(updateRatio);
    history.gradientNorms.push(gradientNorm);
    if (history.updateRatios.length <= mostPoints) return;
    history.updateRatios.shift();
    history.gradientNorms.shift();
  }
}

function keyOf(layer: string, weights: string): string {
  return `${layer}/${weights}`;
}
