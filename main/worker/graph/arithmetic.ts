import { float32, type Graph, int32, type Output } from './graph.ts';

/** The element-wise and shape ops that layers share, on float32 unless said otherwise. */
export class Arithmetic {
  readonly graph: Graph;
  constructor(graph: Graph) {
    this.graph = graph;
  }

  add(a: Output, b: Output): Output {
    return this.#binary('AddV2', a, b);
  }

  subtract(a: Output, b: Output): Output {
    return this.#binary('Sub', a, b);
  }

  multiply(a: Output, b: Output): Output {
    return this.#binary('Mul', a, b);
  }

  divide(a: Output, b: Output): Output {
    return this.#binary('RealDiv', a, b);
  }

  scale(a: Output, factor: number): Output {
    return factor === 1 ? a : this.multiply(a, this.graph.number(factor));
  }

  /** The sum of tensors of one shape, in the order given. */
  sum(terms: readonly Output[]): Output {
    if (terms.length === 1) return terms[0]!;
    return this.graph.op('AddN', terms, { N: { int: terms.length }, T: { type: float32 } });
  }

  /** The same numbers in another shape; −1 is what is left over. */
  reshape(a: Output, shape: readonly number[]): Output {
    const attributes = { T: { type: a.type }, Tshape: { type: int32 } };
    return this.graph.op('Reshape', [a, this.graph.integers(shape)], attributes, { types: [a.type] });
  }

  concatenate(parts: readonly Output[], axis: number): Output {
    const type = parts[0]!.type;
    if (parts.length === 1) return parts[0]!;
    return this.graph.op(
      'ConcatV2',
      [...parts, this.graph.integer(axis)],
      { N: { int: parts.length }, T: { type }, Tidx: { type: int32 } },
      { types: [type] },
    );
  }

  transpose(a: Output, axes: readonly number[]): Output {
    const attributes = { T: { type: a.type }, Tperm: { type: int32 } };
    return this.graph.op('Transpose', [a, this.graph.integers(axes)], attributes, { types: [a.type] });
  }

  /** `reduction` over `axes`, which disappear. */
  reduce(reduction: 'Sum' | 'Mean' | 'Min' | 'Max', a: Output, axes: readonly number[]): Output {
    const attributes = { T: { type: a.type }, Tidx: { type: int32 }, keep_dims: false };
    return this.graph.op(reduction, [a, this.graph.integers(axes)], attributes, { types: [a.type] });
  }

  cast(a: Output, type: Output['type']): Output {
    const attributes = { SrcT: { type: a.type }, DstT: { type }, Truncate: false };
    return this.graph.op('Cast', [a], attributes, { types: [type] });
  }

  /** Rows `begin` (inclusive) to `end` (exclusive) of the first axis; both are int32 scalars. */
  rows(a: Output, begin: Output, end: Output): Output {
    const one = this.graph.integers([1]);
    const attributes = {
      T: { type: a.type },
      Index: { type: int32 },
      begin_mask: { int: 0 },
      end_mask: { int: 0 },
      ellipsis_mask: { int: 0 },
      new_axis_mask: { int: 0 },
      shrink_axis_mask: { int: 0 },
    };
    const inputs = [a, this.reshape(begin, [1]), this.reshape(end, [1]), one];
    return this.graph.op('StridedSlice', inputs, attributes, { types: [a.type] });
  }

  #binary(op: string, a: Output, b: Output): Output {
    return this.graph.op(op, [a, b], { T: { type: a.type } }, { types: [a.type] });
  }
}
