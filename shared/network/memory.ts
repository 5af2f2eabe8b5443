import { type Shape, sizeOf } from '../tensor/shape.ts';
import { type Optimiser, slotsOf } from '../training/optimiser.ts';
import { NetworkError } from './network-error.ts';
import type { NetworkTrace, TracedLayer } from './shapes.ts';

/** float32. */
const bytesPerNumber = 4;

export type TrainingPlan = {
  /** Images a step. */
  readonly batch: number;
  readonly optimiser: Optimiser;
};

/** What a training step holds at once, in bytes: an estimate from above of what the graph asks for, without dataset and library. */
export type MemoryEstimate = {
  /** Weights and running moments. */
  readonly weights: number;
  /** What the optimiser remembers of each weight. */
  readonly slots: number;
  /** Of the loss by every weight. */
  readonly gradients: number;
  /** The images and what each layer gives (dropout also its mask), kept for the backward pass. */
  readonly activations: number;
  /** The largest layer's own: its gradients by output and input, and its input and kernel laid out anew for the fast kernels. */
  readonly workspace: number;
  readonly total: number;
  /** The layer that takes the most, and how much of all but the workspace. */
  readonly largest: { readonly layer: string; readonly bytes: number };
};

/** How much memory a training step of this network takes. */
export function estimateMemory(trace: NetworkTrace, { batch, optimiser }: TrainingPlan): MemoryEstimate {
  const slots = slotsOf(optimiser);
  const layers = trace.layers.map((layer) => {
    const trained = numbersIn(layer.weights);
    const kept = batch * keptNumbers(layer);
    return {
      layer: layer.spec.name,
      trained,
      state: numbersIn(layer.state),
      kept,
      all: trained * (2 + slots) + kept,
      working: batch * (2 * sizeOf(layer.input) + sizeOf(layer.output)) + trained,
    };
  });
  const sum = (count: (layer: (typeof layers)[number]) => number) =>
    bytesPerNumber * layers.reduce((total, layer) => total + count(layer), 0);
  const trained = sum((layer) => layer.trained);
  const parts = {
    weights: trained + sum((layer) => layer.state),
    slots: trained * slots,
    gradients: trained,
    activations: bytesPerNumber * batch * sizeOf(trace.spec.input) + sum((layer) => layer.kept),
    workspace: bytesPerNumber * Math.max(...layers.map((layer) => layer.working)),
  };
  const largest = layers.reduce((most, layer) => (layer.all > most.all ? layer : most));
  return {
    ...parts,
    total: Object.values(parts).reduce((total, part) => total + part, 0),
    largest: { layer: largest.layer, bytes: bytesPerNumber * largest.all },
  };
}

/**
 * @param budget bytes at hand.
 * @throws NetworkError naming the layer that takes the most, with the estimate.
 */
export function requireMemory(trace: NetworkTrace, plan: TrainingPlan, budget: number): void {
  const { total, largest } = estimateMemory(trace, plan);
  if (total <= budget) return;
  const advice = plan.batch > 1 ? 'choose a smaller batch or a smaller network' : 'choose a smaller network';
  throw new NetworkError(
    largest.layer,
    `A training step with batches of ${plan.batch} takes about ${inGigabytes(total)}, ${inGigabytes(largest.bytes)} of it ` +
      `in this layer, and ${inGigabytes(budget)} are at hand: ${advice}`,
  );
}

function numbersIn(tensors: readonly { readonly shape: Shape }[]): number {
  return tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** For one image. A flattened map is the map itself. */
function keptNumbers({ spec, output }: TracedLayer): number {
  if (spec.kind === 'flatten') return 0;
  return sizeOf(output) * (spec.kind === 'dropout' ? 2 : 1);
}

/** 10⁹ bytes, to a tenth; small amounts to a hundredth. */
function inGigabytes(bytes: number): string {
  const gigabytes = bytes / 1e9;
  return `${gigabytes.toFixed(gigabytes < 1 ? 2 : 1)} GB`;
}
