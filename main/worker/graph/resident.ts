import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Node, type Output, uint8 } from './graph.ts';

/**
 * Labelled images that live in the session, as bytes: a batch is gathered by index and never crosses from JavaScript.
 *
 * The variables are `${name}_pixels` (uint8, NHWC) and `${name}_labels` (int32).
 */
export class ResidentImages {
  readonly #math: Arithmetic;
  readonly #shape: Shape;
  readonly #count: number;
  readonly #pixels: Output;
  readonly #labels: Output;

  constructor(math: Arithmetic, name: string, count: number, shape: Shape) {
    this.#math = math;
    this.#shape = shape;
    this.#count = count;
    this.#pixels = math.graph.variable(`${name}_pixels`, uint8, [count, ...shape]);
    this.#labels = math.graph.variable(`${name}_labels`, int32, [count]);
  }

  /** Fills the variables: `words` are the pixels' bytes, four to an int32, padded at the end; `labels` int32 [count]. */
  load(words: Output, labels: Output): readonly Node[] {
    const { graph } = this.#math;
    const bytes = this.#math.reshape(bitcast(this.#math, words, uint8), [-1]);
    const size = this.#count * sizeOf(this.#shape);
    const whole = this.#math.rows(bytes, graph.integer(0), graph.integer(size));
    const pixels = this.#math.reshape(whole, [this.#count, ...this.#shape]);
    return [
      graph.effect('AssignVariableOp', [this.#pixels, pixels], { dtype: { type: uint8 } }),
      graph.effect('AssignVariableOp', [this.#labels, labels], { dtype: { type: int32 } }),
    ];
  }

  /** The images and labels at `indices` (int32 vector). */
  gather(indices: Output, after: readonly Node[]): { images: Output; labels: Output } {
    const get = (from: Output, type: Output['type']): Output =>
      this.#math.graph.op(
        'ResourceGather',
        [from, indices],
        { dtype: { type }, Tindices: { type: int32 }, batch_dims: { int: 0 }, validate_indices: true },
        { types: [type], after },
      );
    return { images: normalise(this.#math, get(this.#pixels, uint8)), labels: get(this.#labels, int32) };
  }

  /** The images and labels from `begin` to before `end` (int32 scalars). */
  range(begin: Output, end: Output): { images: Output; labels: Output } {
    const read = (from: Output, type: Output['type']): Output =>
      this.#math.graph.op('ReadVariableOp', [from], { dtype: { type } }, { types: [type] });
    return {
      images: normalise(this.#math, this.#math.rows(read(this.#pixels, uint8), begin, end)),
      labels: this.#math.rows(read(this.#labels, int32), begin, end),
    };
  }
}

/** Bytes (or whole numbers) 0–255 as float32 0–1. */
export function normalise(math: Arithmetic, pixels: Output): Output {
  return math.scale(math.cast(pixels, float32), 1 / 255);
}

/** The same bytes read as another type: from int32 to uint8 a last axis of four appears; the other way it goes. */
export function bitcast(math: Arithmetic, from: Output, type: Output['type']): Output {
  return math.graph.op('Bitcast', [from], { T: { type: from.type }, type: { type } }, { types: [type] });
}
