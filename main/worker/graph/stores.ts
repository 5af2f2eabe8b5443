import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output } from './graph.ts';

const shaped = { T: { type: float32 }, Tshape: { type: int32 } };

/** Tensors of fewer numbers than this share one variable. */
const apartFrom = 2 ** 18;

/** For each variable the rows along its first axis from `begins` up to, not including, `ends`. */
export type Rows = { readonly begins: Int32Array; readonly ends: Int32Array };

/** How tensors of these shapes share variables: for each the tensors it holds, by their place in `shapes`, and its own shape. */
function groupsOf(shapes: readonly Shape[]): readonly Group[] {
  const members = shapes.map((_, index) => index);
  const apart = (index: number): boolean => sizeOf(shapes[index]!) >= apartFrom;
  const groups = [members.filter((index) => !apart(index)), ...members.filter(apart).map((index) => [index])];
  return groups
    .filter((group) => group.length > 0)
    .map((group) => ({
      members: group,
      shape: group.length === 1 ? shapes[group[0]!]! : [group.reduce((sum, i) => sum + sizeOf(shapes[i]!), 0)],
    }));
}

/** Where `Stores` of these shapes keep tensor `index`: no rows of any other variable. */
export function rowsOf(shapes: readonly Shape[], index: number): Rows {
  const groups = groupsOf(shapes);
  const place = groups.findIndex(({ members }) => members.includes(index));
  const { members, shape } = groups[place]!;
  const before = members.slice(0, members.indexOf(index)).reduce((sum, other) => sum + sizeOf(shapes[other]!), 0);
  const count = members.length === 1 ? shape[0]! : sizeOf(shapes[index]!);
  const [begins, ends] = [new Int32Array(groups.length), new Int32Array(groups.length)];
  begins[place] = before;
  ends[place] = before + count;
  return { begins, ends };
}

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
  /** The tensors as they are when a call begins: all signatures read them by the same nodes. */
  #atStart: readonly Output[] | null = null;

  constructor(math: Arithmetic, name: string, shapes: readonly Shape[]) {
    this.#math = math;
    this.#shapes = shapes;
    this.#stores = groupsOf(shapes).map((group, place) => ({
      ...group,
      variable: math.graph.variable(`${name}_${place}`, float32, group.shape),
    }));
  }

  /** The variables, in an order that is the same for all stores of the same shapes. */
  get variables(): readonly Output[] {
    return this.#stores.map(({ variable }) => variable);
  }

  /**
   * The numbers in some rows, flat, one variable after another; or of those taken `columns` at a time only the one at `column` (int32 scalars).
   * `begins`, `ends`: those of `Rows`, int32 [variables].
   */
  readRows(begins: Output, ends: Output, columns: Output, column: Output): Output {
    const math = this.#math;
    const across = math.pack([math.graph.integer(-1), columns], 0);
    const parts = this.#stores.map(({ variable }, place) => {
      const value = math.graph.op('ReadVariableOp', [variable], { dtype: { type: float32 } });
      const [begin, end] = [begins, ends].map((rows) => math.slice(rows, [place], [1]));
      // Of whole variables nothing is copied before the column is taken.
      const rows = math.graph.op('Reshape', [math.rows(value, begin!, end!), across], shaped);
      return math.reshape(math.column(rows, column), [-1]);
    });
    return math.concatenate(parts, 0);
  }

  /** Each variable's numbers as they are when a call begins. */
  values(): readonly Output[] {
    return this.#stores.map((store) => this.#value(store, []));
  }

  /** The tensors of what is laid out as the variables are, flat. */
  tensorsOf(values: readonly Output[]): readonly Output[] {
    const tensors: Output[] = [];
    for (const [place, { members }] of this.#stores.entries()) {
      const flat = this.#math.reshape(values[place]!, [-1]);
      const parts = this.#math.splitRows(
        flat,
        members.map((index) => sizeOf(this.#shapes[index]!)),
      );
      for (const [which, part] of parts.entries()) tensors[members[which]!] = part;
    }
    return tensors;
  }

  /** Puts flat numbers into the rows of one variable, no other having any; all else stays. `begins`, `ends`: as `readRows`. */
  assignRows(begins: Output, ends: Output, numbers: Output): readonly Node[] {
    const math = this.#math;
    return this.#stores.map(({ variable, shape: [, ...row] }, place) => {
      const [begin, end] = [begins, ends].map((rows) => math.slice(rows, [place], [1]));
      const count = math.multiply(math.subtract(end!, begin!), math.graph.integers([sizeOf(row)]));
      const own = math.graph.op('Slice', [numbers, math.graph.integers([0]), count], {
        T: { type: float32 },
        Index: { type: int32 },
      });
      return math.graph.effect(
        'ResourceStridedSliceAssign',
        [variable, begin!, end!, math.graph.integers([1]), math.reshape(own, [-1, ...row])],
        {
          T: { type: float32 },
          Index: { type: int32 },
          begin_mask: { int: 0 },
          end_mask: { int: 0 },
          ellipsis_mask: { int: 0 },
          new_axis_mask: { int: 0 },
          shrink_axis_mask: { int: 0 },
        },
      );
    });
  }

  /** For each variable the tensors it holds, by their place in `shapes`. */
  get members(): readonly (readonly number[])[] {
    return this.#stores.map(({ members }) => members);
  }

  /** The tensors as they are when a call begins, or once `after` have run. */
  read(after: readonly Node[] = []): readonly Output[] {
    if (after.length > 0) return this.#read(after);
    this.#atStart ??= this.#read(after);
    return this.#atStart;
  }

  /** All numbers, tensor after tensor. */
  readFlat(): Output {
    const [store, ...others] = this.#stores;
    // A single variable holds them in this order already.
    const tensors = store && others.length === 0 ? [this.#value(store, [])] : this.read();
    return this.#math.concatenate(
      tensors.map((tensor) => this.#math.reshape(tensor, [-1])),
      0,
    );
  }

  #read(after: readonly Node[]): readonly Output[] {
    const tensors: Output[] = [];
    for (const store of this.#stores) {
      const { members } = store;
      const shapes = members.map((index) => this.#shapes[index]!);
      const parts = members.length === 1 ? [this.#value(store, after)] : this.#apart(this.#value(store, after), shapes);
      for (const [place, tensor] of parts.entries()) tensors[members[place]!] = tensor;
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
    return this.assignTogether(this.together(tensors));
  }

  /** @param values one a variable, laid out as the variable is. */
  assignTogether(values: readonly Output[]): readonly Node[] {
    return values.map((value, place) => this.#assign(this.#stores[place]!, value));
  }

  /** @param flat all numbers, tensor after tensor. */
  assignFlat(flat: Output): readonly Node[] {
    const [store, ...others] = this.#stores;
    return store && others.length === 0
      ? [this.#assign(store, this.#math.reshape(flat, store.shape))]
      : this.assign(this.#apart(flat, this.#shapes));
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
      return this.#assign(this.#stores[place]!, graph.op('Fill', [shape, graph.number(0)], attributes));
    });
  }

  #value({ variable }: Store, after: readonly Node[]): Output {
    return this.#math.graph.op('ReadVariableOp', [variable], { dtype: { type: float32 } }, { after });
  }

  #assign({ variable }: Store, value: Output): Node {
    return this.#math.graph.effect('AssignVariableOp', [variable, value], { dtype: { type: float32 } });
  }

  /** Tensors of these shapes, of the numbers that lie side by side in `flat`. */
  #apart(flat: Output, shapes: readonly Shape[]): readonly Output[] {
    const parts = this.#math.splitRows(flat, shapes.map(sizeOf));
    return parts.map((part, index) => this.#math.reshape(part, shapes[index]!));
  }
}

type Group = { readonly members: readonly number[]; readonly shape: Shape };
type Store = Group & { readonly variable: Output };
