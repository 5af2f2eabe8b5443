import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import { type Optimiser, slotsOf } from '../../../shared/training/optimiser.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';
import { initialState, initialWeights } from './initialisers.ts';
import { applyGradient, type Rates, type Update } from './optimiser.ts';
import type { Back } from './run-layers.ts';
import { Stores } from './stores.ts';
import { isPositive, when } from './when.ts';

/** Tensors, in order, of each layer. */
export type ByLayer = readonly (readonly Output[])[];

/**
 * All that training changes in a network: its weights, what the optimiser remembers of them, and the layers' state.
 */
export class Parameters {
  /** Numbers in all weights, as `readFlat` gives them. */
  readonly count: number;
  readonly #math: Arithmetic;
  readonly #trace: NetworkTrace;
  readonly #optimiser: Optimiser;
  readonly #weights: Stores;
  readonly #slots: readonly Stores[];
  readonly #state: Stores;
  /** One a variable of the weights. */
  readonly #decay: readonly Decays[];

  constructor(math: Arithmetic, trace: NetworkTrace, optimiser: Optimiser) {
    this.count = trace.storedWeights;
    this.#math = math;
    this.#trace = trace;
    this.#optimiser = optimiser;
    const shapes = trace.layers.flatMap(({ weights }) => weights.map(({ shape }) => shape));
    this.#weights = new Stores(math, 'weights', shapes);
    this.#slots = Array.from({ length: slotsOf(optimiser) }, (_, slot) => new Stores(math, `slot${slot}`, shapes));
    this.#state = new Stores(math, 'state', this.#stateShapes());
    // Written outside the training loop: computed once a call.
    this.#decay = this.#decays();
  }

  /** The weights of each layer, each in its shape, once `after` has run. */
  read(after: readonly Node[] = []): ByLayer {
    const tensors = this.#weights.read(after);
    return byLayer(
      tensors,
      this.#trace.layers.map(({ weights }) => weights.length),
    );
  }

  /** The state of each layer. */
  readState(after: readonly Node[] = []): ByLayer {
    const tensors = this.#state.read(after);
    return byLayer(
      tensors,
      this.#trace.layers.map(({ state }) => state.length),
    );
  }

  /** All weights, flat, in layer order. */
  readFlat(): Output {
    return this.#weights.readFlat();
  }

  /** Variables of the weights. */
  get variables(): number {
    return this.#weights.variables.length;
  }

  /** Some of the weights: see `Stores.readRows`. */
  readRows(begins: Output, ends: Output): Output {
    return this.#weights.readRows(begins, ends);
  }

  /** Other numbers for some of the weights; what the optimiser remembers of them stays: see `Stores.assignRows`. */
  assignRows(begins: Output, ends: Output, numbers: Output): readonly Node[] {
    return this.#weights.assignRows(begins, ends, numbers);
  }

  /** Fresh weights, a function of `seed` (int32 scalar); the optimiser remembers nothing. */
  initialise(seed: Output): readonly Node[] {
    const { layers, spec } = this.#trace;
    const weights = layers.flatMap((layer) => initialWeights(this.#math, layer, spec.initialiser, seed));
    return this.#withFreshRest(this.#weights.assign(weights));
  }

  /** All weights at once, flat, in layer order; the optimiser remembers nothing, and the state is fresh. */
  assignFlat(weights: Output): readonly Node[] {
    return this.#withFreshRest(this.#weights.assignFlat(weights));
  }

  /**
   * One step of the optimiser, and the layers' new state.
   *
   * A variable moves once nothing reads its old value any more: else TensorFlow would copy it, hundreds of megabytes for AlexNet's.
   *
   * @param towers for each tower the gradients of each layer, in the order of `read`: they are added.
   * @param states for each tower the new state of each layer: the mean is kept.
   */
  update(towers: readonly Back[], states: readonly ByLayer[], rates: Rates, after: readonly Node[]): readonly Node[] {
    const math = this.#math;
    const parts = towers.map(({ gradients }) => this.#weights.together(gradients.flat()));
    const readers = this.#readers(towers);
    const weights = this.#weights.variables.map((variable, place) => {
      const gradient = math.sum(parts.map((tower) => tower[place]!));
      const slots = this.#slots.map((slot) => slot.variables[place]!);
      return this.#move({ variable, slots, gradient }, this.#decay[place]!, rates, [...after, ...readers[place]!]);
    });
    const flats = states.map((layers) => this.#state.together(layers.flat()));
    const means = (flats[0] ?? []).map((_, place) =>
      math.scale(math.sum(flats.map((tower) => tower[place]!)), 1 / flats.length),
    );
    return [...weights, ...this.#state.assignTogether(means)];
  }

  /** For each variable all that reads it in this step, beside the forward pass and the gradients by itself. */
  #readers(towers: readonly Back[]): readonly (readonly Node[])[] {
    const layerOf = this.#trace.layers.flatMap(({ weights }, layer) => weights.map(() => layer));
    return this.#weights.members.map((members) => {
      const layers = [...new Set(members.map((index) => layerOf[index]!))];
      return towers.flatMap(({ readers }) => layers.flatMap((layer) => readers[layer]!));
    });
  }

  /** Weight decay and the optimiser's own step, on one variable. */
  #move(update: Update, decays: Decays, rates: Rates, after: readonly Node[]): Node {
    const math = this.#math;
    if (decays === 'nowhere') return applyGradient(math, this.#optimiser, update, rates, after);
    const { graph } = math;
    const decaying = isPositive(math, rates.weightDecay);
    const read = graph.op('ReadVariableOp', [update.variable], { dtype: { type: float32 } }, { after });
    /** factor · w, where decay acts. */
    const share = (weights: Output, factor: Output): Output => {
      const scaled = math.multiply(weights, factor);
      return decays === 'everywhere' ? scaled : math.multiply(scaled, decays.mask);
    };
    if (this.#optimiser !== 'adam') {
      // An L2 penalty is part of the gradient.
      const gradient = when(math, decaying, [update.gradient, read], ([by, weights]) =>
        math.add(by!, share(weights!, rates.weightDecay)),
      );
      return applyGradient(math, this.#optimiser, { ...update, gradient }, rates, after);
    }
    // Decoupled: the weights shrink by themselves, first.
    const rate = math.multiply(rates.learningRate, rates.weightDecay);
    const shrunk = when(math, decaying, [rate, read], ([factor, weights]) => {
      const shrink = graph.effect('AssignSubVariableOp', [update.variable, share(weights!, factor!)], {
        dtype: { type: float32 },
      });
      return graph.op('Identity', [factor!], { T: { type: float32 } }, { after: [shrink] });
    });
    return applyGradient(math, this.#optimiser, update, rates, [shrunk, ...after]);
  }

  /** Where weight decay acts in each variable: in kernels, not in biases, coefficients, scales and shifts. */
  #decays(): readonly Decays[] {
    const math = this.#math;
    const tensors = this.#trace.layers.flatMap(({ weights }) => weights);
    const mask = (members: readonly number[]): Output => {
      const parts = members.map((index) => {
        const { name, shape } = tensors[index]!;
        const attributes = { T: { type: float32 }, index_type: { type: int32 } };
        const value = math.graph.number(name === 'kernel' ? 1 : 0);
        return math.graph.op('Fill', [math.graph.integers([sizeOf(shape)]), value], attributes);
      });
      return math.concatenate(parts, 0);
    };
    return this.#weights.members.map((members) => {
      const kernels = members.filter((index) => tensors[index]!.name === 'kernel').length;
      if (kernels === 0) return 'nowhere';
      return kernels === members.length ? 'everywhere' : { mask: mask(members) };
    });
  }

  /** What assigns the weights, and what makes the optimiser remember nothing and the state fresh. */
  #withFreshRest(assigned: readonly Node[]): readonly Node[] {
    const state = this.#trace.layers.flatMap((layer) => initialState(this.#math, layer));
    return [
      ...assigned,
      ...this.#slots.flatMap((slot) => slot.clear(this.#weights, assigned)),
      ...this.#state.assign(state),
    ];
  }

  #stateShapes(): readonly Shape[] {
    return this.#trace.layers.flatMap(({ state }) => state.map(({ shape }) => shape));
  }
}

/** Where in a variable weight decay acts: `mask` is 1 there and 0 elsewhere. */
type Decays = 'everywhere' | 'nowhere' | { readonly mask: Output };

function byLayer(tensors: readonly Output[], counts: readonly number[]): ByLayer {
  let next = 0;
  return counts.map((count) => tensors.slice(next, (next += count)));
}
