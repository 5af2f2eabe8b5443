import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import { type Optimiser, slotsOf } from '../../../shared/training/optimiser.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';
import { type Held, heldIn, moveUnlessHeld } from './held.ts';
import { initialState, initialWeights } from './initialisers.ts';
import { applyGradient, changeBy, type Rates, type Update } from './optimiser.ts';
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
  readonly #shapes: readonly Shape[];
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
    this.#shapes = shapes;
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

  /** Numbers in the layers' state. */
  get stateCount(): number {
    return this.#stateShapes().reduce((sum, shape) => sum + sizeOf(shape), 0);
  }

  /** Weight tensors of all layers. */
  get tensors(): number {
    return this.#shapes.length;
  }

  /** Some of the weights: see `Stores.readRows`. */
  readRows(begins: Output, ends: Output, columns: Output, column: Output): Output {
    return this.#weights.readRows(begins, ends, columns, column);
  }

  /** All state, flat, in layer order. */
  readFlatState(): Output {
    return this.#state.readFlat();
  }

  /** Other numbers for all state. */
  assignFlatState(flat: Output): readonly Node[] {
    return this.#state.assignFlat(flat);
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
   * @param held of each variable what does not move: see `held`.
   */
  update(
    towers: readonly Back[],
    states: readonly ByLayer[],
    rates: Rates,
    held: readonly Held[],
    after: readonly Node[],
  ): readonly Node[] {
    const math = this.#math;
    const parts = towers.map(({ gradients }) => this.#weights.together(gradients.flat()));
    const readers = this.#readers(towers);
    const weights = this.#weights.variables.map((variable, place) => {
      const gradient = math.sum(parts.map((tower) => tower[place]!));
      const slots = this.#slots.map((slot) => slot.variables[place]!);
      const free = [...after, ...readers[place]!];
      return moveUnlessHeld(math, held[place]!, [variable, ...slots], free, (ready) =>
        this.#move({ variable, slots, gradient }, this.#decay[place]!, rates, ready),
      );
    });
    const flats = states.map((layers) => this.#state.together(layers.flat()));
    const means = (flats[0] ?? []).map((_, place) =>
      math.scale(math.sum(flats.map((tower) => tower[place]!)), 1 / flats.length),
    );
    return [...weights, ...this.#state.assignTogether(means)];
  }

  /** What of each variable stays as it is; `frozen` is 1 for each tensor that does, int32 [tensors]. Layers' state is no weight, and goes on. */
  held(frozen: Output): readonly Held[] {
    return heldIn(this.#math, frozen, this.#shapes, this.#weights.members);
  }

  /**
   * For each weight tensor its numbers, the gradient by them, and what `update` would take from them, flat; nothing moves.
   *
   * @param towers as for `update`.
   */
  changes(towers: readonly ByLayer[], rates: Rates): readonly Change[] {
    const math = this.#math;
    const parts = towers.map((gradients) => this.#weights.together(gradients.flat()));
    const weights = this.#weights.values();
    const slots = this.#slots.map((slot) => slot.values());
    const gradients = weights.map((_, place) => math.sum(parts.map((tower) => tower[place]!)));
    const taken = weights.map((values, place) => {
      const decays = this.#decay[place]!;
      const own = { slots: slots.map((slot) => slot[place]!), gradient: gradients[place]! };
      if (decays === 'nowhere') return changeBy(math, this.#optimiser, own, rates);
      const penalty = this.#decayed(decays, values, rates.weightDecay);
      if (this.#optimiser !== 'adam') {
        return changeBy(math, this.#optimiser, { ...own, gradient: math.add(own.gradient, penalty) }, rates);
      }
      return math.add(changeBy(math, 'adam', own, rates), math.multiply(penalty, rates.learningRate));
    });
    const [of, by, change] = [weights, gradients, taken].map((values) => this.#weights.tensorsOf(values));
    return of!.map((values, tensor) => ({ weights: values, gradient: by![tensor]!, change: change![tensor]! }));
  }

  /** factor · w, where decay acts. */
  #decayed(decays: Exclude<Decays, 'nowhere'>, weights: Output, factor: Output): Output {
    const scaled = this.#math.multiply(weights, factor);
    return decays === 'everywhere' ? scaled : this.#math.multiply(scaled, decays.mask);
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
    const share = (weights: Output, factor: Output): Output => this.#decayed(decays, weights, factor);
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

/** One weight tensor in a step, flat. */
export type Change = { readonly weights: Output; readonly gradient: Output; readonly change: Output };

/** Where in a variable weight decay acts: `mask` is 1 there and 0 elsewhere. */
type Decays = 'everywhere' | 'nowhere' | { readonly mask: Output };

function byLayer(tensors: readonly Output[], counts: readonly number[]): ByLayer {
  let next = 0;
  return counts.map((count) => tensors.slice(next, (next += count)));
}
