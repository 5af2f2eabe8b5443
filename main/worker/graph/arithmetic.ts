import { float32, type Graph, int32, type Output } from './graph.ts';

/** Numbers along each axis, before and after it. */
export type Paddings = readonly (readonly [before: number, after: number])[];

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

  /** An op of one input and one output of its type: `Square`, `Rsqrt`, `Exp`. */
  unary(op: string, a: Output): Output {
    return this.graph.op(op, [a], { T: { type: a.type } }, { types: [a.type] });
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

  /** `count` equal parts along `axis`. */
  split(a: Output, count: number, axis: number): readonly Output[] {
    if (count === 1) return [a];
    const attributes = { T: { type: a.type }, num_split: { int: count } };
    return this.graph.ops('Split', [this.graph.integer(axis), a], attributes, { types: Array(count).fill(a.type) });
  }

  /** The first axis taken apart into so many rows each. */
  splitRows(a: Output, counts: readonly number[]): readonly Output[] {
    return counts.length === 1 ? [a] : this.splitBy(a, this.graph.integers(counts), counts.length);
  }

  /** The first axis taken apart into `count` parts of as many rows as `sizes` (int32 [count]) says. */
  splitBy(a: Output, sizes: Output, count: number): readonly Output[] {
    const attributes = { num_split: { int: count }, T: { type: a.type }, Tlen: { type: int32 } };
    return this.graph.ops('SplitV', [a, sizes, this.graph.integer(0)], attributes, {
      types: Array<Output['type']>(count).fill(a.type),
    });
  }

  /** Tensors of one shape as the rows, or whatever `axis` counts, of one. */
  pack(parts: readonly Output[], axis: number): Output {
    const { type } = parts[0]!;
    const attributes = { T: { type }, N: { int: parts.length }, axis: { int: axis } };
    return this.graph.op('Pack', parts, attributes, { types: [type] });
  }

  /** The same numbers with `value` around them. */
  pad(a: Output, paddings: Paddings, value = 0): Output {
    const { graph } = this;
    const amounts = graph.constant(int32, [paddings.length, 2], paddings.flat());
    const attributes = { T: { type: a.type }, Tpaddings: { type: int32 } };
    // oneDNN folds a plain Pad into the convolution after it, and does not know PadV2.
    return value === 0
      ? graph.op('Pad', [a, amounts], attributes, { types: [a.type] })
      : graph.op('PadV2', [a, amounts, graph.number(value)], attributes, { types: [a.type] });
  }

  /** `size` numbers along each axis from `begin` on; a size of −1 is all that is left. */
  slice(a: Output, begin: readonly number[], size: readonly number[]): Output {
    const inputs = [a, this.graph.integers(begin), this.graph.integers(size)];
    return this.graph.op('Slice', inputs, { T: { type: a.type }, Index: { type: int32 } }, { types: [a.type] });
  }

  /** `rows` × `columns`, either of them transposed first if said so. */
  matrixProduct(rows: Output, columns: Output, transposed: 'none' | 'rows' | 'columns' = 'none'): Output {
    return this.graph.op('MatMul', [rows, columns], {
      T: { type: rows.type },
      transpose_a: transposed === 'rows',
      transpose_b: transposed === 'columns',
    });
  }

  /** NHWC or [N, units] plus a number a channel. */
  addByChannel(a: Output, bias: Output): Output {
    return this.graph.op('BiasAdd', [a, bias], { T: { type: float32 }, data_format: 'NHWC' });
  }

  /** NHWC or [N, units] summed to a number a channel: the gradient of `addByChannel` by its bias. */
  sumByChannel(a: Output): Output {
    return this.graph.op('BiasAddGrad', [a], { T: { type: float32 }, data_format: 'NHWC' });
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

  /** The column at `index` (int32 scalar) of a matrix, as a matrix of one. */
  column(a: Output, index: Output): Output {
    const at = this.pack([this.graph.integer(0), index], 0);
    const attributes = { T: { type: a.type }, Index: { type: int32 } };
    return this.graph.op('Slice', [a, at, this.graph.integers([-1, 1])], attributes, { types: [a.type] });
  }

  /** The number at `index` (int32 scalar) of a vector; scalar. */
  element(vector: Output, index: Output): Output {
    return this.graph.op(
      'GatherV2',
      [vector, index, this.graph.integer(0)],
      { Tparams: { type: vector.type }, Tindices: { type: int32 }, Taxis: { type: int32 }, batch_dims: { int: 0 } },
      { types: [vector.type] },
    );
  }

  #binary(op: string, a: Output, b: Output): Output {
    return this.graph.op(op, [a, b], { T: { type: a.type } }, { types: [a.type] });
  }
}
