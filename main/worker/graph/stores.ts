import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';

/** Tensors of fewer numbers than this share one variable. */
const apartFrom = 2 ** 18;

/**
 * Variables that hold tensors: small ones side by side in one flat variable, which makes reading, updating and fetching them one op each whatever the
 * number of layers; each large one in a variable of its own, since laying hundreds of megabytes side by side would double them.
 *
 * Tensors keep the order of `shapes` in all that goes in and comes out.
 */
export class Stores {
  readonly #math: Arithmetic;
  readonly #shapes: readonly Shape[];
  readonly #stores: readonly Store[];

  constructor(math: Arithmetic, name: string, shapes: readonly Shape[]) {
    this.#math = math;
    this.#shapes = shapes;
    const members = shapes.map((_, index) => index);
    const apart = (index: number): boolean => sizeOf(shapes[index]!) >= apartFrom;
    const groups = [members.filter((index) => !apart(index)), ...members.filter(apart).map((index) => [index])];
    this.#stores = groups
      .filter((group) => group.length > 0)
      .map((group, place) => {
        const shape = group.length === 1 ? shapes[group[0]!]! : [group.reduce((sum, i) => sum + sizeOf(shapes[i]!), 0)];
        return { members: group, shape, variable: math.graph.variable(`${name}_${place}`, float32, shape) };
      });
  }

  /** The variables, in an order that is the same for all stores of the same shapes. */
  get variables(): readonly Output[] {
    return this.#stores.map(({ variable }) => variable);
  }

  /** For each variable the tensors it holds, by their place in `shapes`. */
  get members(): readonly (readonly number[])[] {
    return this.#stores.map(({ members }) => members);
  }

  /** The tensors as they are once `after` has run. */
  read(after: readonly Node[] = []): readonly Output[] {
    const tensors: Output[] = [];
    for (const { members, variable } of this.#stores) {
      const value = this.#math.graph.op('ReadVariableOp', [variable], { dtype: { type: float32 } }, { after });
      for (const [place, tensor] of this.#apart(members, value).entries()) tensors[members[place]!] = tensor;
    }
    return tensors;
  }

  /** One tensor a variable, laid out as the variable is; `tensors` one a shape. */
  together(tensors: readonly Output[]): readonly Output[] {
    return this.#stores.map(({ members }) => {
      if (members.length === 1) return tensors[members[0]!]!;
      const flat = members.map((index) => this.#math.reshape(tensors[index]!, [-1]));
      return this.#math.concatenate(flat, 0);
    });
  }

  assign(tensors: readonly Output[]): readonly Node[] {
    return this.together(tensors).map((value, place) => this.#assign(place, value));
  }

  /**
   * All numbers become zero. The shapes are asked of `filled`, a store of the same shapes, once `after` (a node a variable) has run: zeros made
   * of constants TensorFlow would make beforehand, and keep for good.
   */
  clear(filled: Stores, after: readonly Node[]): readonly Node[] {
    const { graph } = this.#math;
    return filled.variables.map((variable, place) => {
      const asked = { types: [int32], after: [after[place]!] };
      const shape = graph.op('VariableShape', [variable], { out_type: { type: int32 } }, asked);
      const attributes = { T: { type: float32 }, index_type: { type: int32 } };
      return this.#assign(place, graph.op('Fill', [shape, graph.number(0)], attributes));
    });
  }

  #assign(place: number, value: Output): Node {
    const { variable } = this.#stores[place]!;
    return this.#math.graph.effect('AssignVariableOp', [variable, value], { dtype: { type: float32 } });
  }

  #apart(members: readonly number[], value: Output): readonly Output[] {
    if (members.length === 1) return [value];
    const shapes = members.map((index) => this.#shapes[index]!);
    const { graph } = this.#math;
    const parts = graph.ops(
      'SplitV',
      [value, graph.integers(shapes.map(sizeOf)), graph.integer(0)],
      { num_split: { int: shapes.length }, T: { type: float32 }, Tlen: { type: int32 } },
      { types: shapes.map(() => float32) },
    );
    return parts.map((part, index) => this.#math.reshape(part, shapes[index]!));
  }
}

type Store = { readonly members: readonly number[]; readonly shape: Shape; readonly variable: Output };
