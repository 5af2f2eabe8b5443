import type { PixelScale } from '../../../shared/network/spec.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { int32, type Node, type Output, uint8 } from './graph.ts';
import { scaledPixels } from './pixels.ts';

/**
 * Labelled images that live in the session, as bytes: a batch is gathered by index and never crosses from JavaScript.
 *
 * The variables are `${name}_pixels` (uint8, NHWC) and `${name}_labels` (int32).
 */
export class ResidentImages {
  readonly #math: Arithmetic;
  readonly #shape: Shape;
  readonly #scale: PixelScale | undefined;
  readonly #count: number;
  readonly #pixels: Output;
  readonly #labels: Output;

  /** @param stored HWC of an image, and how its bytes become numbers. */
  constructor(
    math: Arithmetic,
    name: string,
    count: number,
    { shape, scale }: { shape: Shape; scale: PixelScale | undefined },
  ) {
    this.#math = math;
    this.#shape = shape;
    this.#scale = scale;
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
    return {
      images: scaledPixels(this.#math, get(this.#pixels, uint8), this.#scale),
      labels: get(this.#labels, int32),
    };
  }

  /** The images and labels from `begin` to before `end` (int32 scalars). */
  range(begin: Output, end: Output): { images: Output; labels: Output } {
    const read = (from: Output, type: Output['type']): Output =>
      this.#math.graph.op('ReadVariableOp', [from], { dtype: { type } }, { types: [type] });
    return {
      images: scaledPixels(this.#math, this.#math.rows(read(this.#pixels, uint8), begin, end), this.#scale),
      labels: this.#math.rows(read(this.#labels, int32), begin, end),
    };
  }
}

/** The same bytes read as another type: from int32 to uint8 a last axis of four appears; the other way it goes. */
export function bitcast(math: Arithmetic, from: Output, type: Output['type']): Output {
  return math.graph.op('Bitcast', [from], { T: { type: from.type }, type: { type } }, { types: [type] });
}
