import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Activation } from '../../../shared/network/spec.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';
import { initialValues } from './initialisers.ts';

/**
 * All trainable numbers of a network in one flat variable, with their momentum in a second.
 *
 * One variable makes the update one op, whatever the number of layers, and the whole state one tensor to fetch.
 */
export class Parameters {
  readonly count: number;
  readonly #math: Arithmetic;
  /** Tensors of each layer, in order. */
  readonly #layers: readonly { readonly shapes: readonly Shape[]; readonly activation: Activation }[];
  readonly #weights: Output;
  readonly #velocity: Output;

  constructor(math: Arithmetic, trace: NetworkTrace) {
    this.#math = math;
    this.#layers = trace.layers.map(({ spec, weights }) => ({
      shapes: weights.map(({ shape }) => shape),
      activation: 'activation' in spec ? spec.activation : 'none',
    }));
    this.count = trace.parameters;
    this.#weights = math.graph.variable('weights', float32, [this.count]);
    this.#velocity = math.graph.variable('velocity', float32, [this.count]);
  }

  /** All weights, flat, in layer order. */
  readFlat(after: readonly Node[] = []): Output {
    return this.#math.graph.op('ReadVariableOp', [this.#weights], { dtype: { type: float32 } }, { after });
  }

  /** The weights of each layer, each in its shape. */
  read(after: readonly Node[] = []): readonly (readonly Output[])[] {
    const { graph } = this.#math;
    const shapes = this.#layers.flatMap((layer) => layer.shapes);
    const parts = graph.ops(
      'SplitV',
      [this.readFlat(after), graph.integers(shapes.map(sizeOf)), graph.integer(0)],
      { num_split: { int: shapes.length }, T: { type: float32 }, Tlen: { type: int32 } },
      { types: shapes.map(() => float32) },
    );
    let next = 0;
    return this.#layers.map((layer) => layer.shapes.map((shape) => this.#math.reshape(parts[next++]!, shape)));
  }

  /** Fresh weights, a function of `seed` (int32 scalar), and no momentum. */
  initialise(seed: Output): readonly Node[] {
    const values = this.#layers.flatMap(({ shapes, activation }) => shapes.map((shape) => ({ shape, activation })));
    const tensors = values.map(({ shape, activation }, stream) =>
      this.#flat(initialValues(this.#math, shape, activation, seed, stream)),
    );
    return this.assign(this.#math.concatenate(tensors, 0));
  }

  /** All weights at once, flat, in layer order; momentum starts from nothing. */
  assign(weights: Output): readonly Node[] {
    const { graph } = this.#math;
    const zeros = graph.op('ZerosLike', [weights], { T: { type: float32 } });
    return [
      graph.effect('AssignVariableOp', [this.#weights, weights], { dtype: { type: float32 } }),
      graph.effect('AssignVariableOp', [this.#velocity, zeros], { dtype: { type: float32 } }),
    ];
  }

  /**
   * velocity ← momentum · velocity + gradient; weights ← weights − learningRate · velocity (momentum 0 is SGD).
   *
   * @param towers for each tower the gradients of each layer, in the order of `read`.
   */
  update(towers: readonly (readonly (readonly Output[])[])[], learningRate: Output, momentum: Output): Node {
    const flat = towers.map((layers) =>
      this.#math.concatenate(
        layers.flat().map((gradient) => this.#flat(gradient)),
        0,
      ),
    );
    return this.#math.graph.effect(
      'ResourceApplyMomentum',
      [this.#weights, this.#velocity, learningRate, this.#math.sum(flat), momentum],
      { T: { type: float32 }, use_locking: true, use_nesterov: false },
    );
  }

  #flat(tensor: Output): Output {
    return this.#math.reshape(tensor, [-1]);
  }
}
