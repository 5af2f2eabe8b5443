import type { Shape } from '../../../../shared/tensor/shape.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { type Attribute, float32, type Output } from '../graph.ts';
import type { Padded, Windows } from './windows.ts';

/**
 * Correlations of maps (NHWC) with kernels (HWIO) and their gradients, a group of channels each.
 *
 * Groups are convolutions of their own, of a part of the maps each: TensorFlow's grouped kernels take the same time (AlexNet's
 * conv2 and conv4, measured), and their gradients exist only with oneDNN or a GPU.
 */
export class Correlation {
  readonly #math: Arithmetic;
  readonly #groups: number;
  readonly #attributes: Record<string, Attribute>;

  constructor(
    math: Arithmetic,
    { stride, dilation = 1, padding }: Pick<Windows, 'stride' | 'dilation'> & Pick<Padded, 'padding'>,
    groups = 1,
  ) {
    this.#math = math;
    this.#groups = groups;
    this.#attributes = {
      T: { type: float32 },
      strides: { ints: [1, stride, stride, 1] },
      dilations: { ints: [1, dilation, dilation, 1] },
      explicit_paddings: { ints: [] },
      padding,
      data_format: 'NHWC',
      use_cudnn_on_gpu: true,
    };
  }

  /** Maps, kernels or sums, a part a group. */
  apart(tensor: Output): readonly Output[] {
    return this.#math.split(tensor, this.#groups, channelAxis);
  }

  sums(maps: readonly Output[], kernels: readonly Output[]): Output {
    return this.#together(maps.map((map, group) => this.#op('Conv2D', [map, kernels[group]!])));
  }

  /** The gradient by all kernels, of `shape`. */
  byKernel(maps: readonly Output[], bySums: readonly Output[], shape: Shape): Output {
    const part = this.#shapeOfPart(shape);
    return this.#together(bySums.map((sums, group) => this.#op('Conv2DBackpropFilter', [maps[group]!, part, sums])));
  }

  /** The gradient by the whole map, of `shape`, batch and all. */
  byMap(kernels: readonly Output[], bySums: readonly Output[], shape: Shape): Output {
    const part = this.#shapeOfPart(shape);
    return this.#together(bySums.map((sums, group) => this.#op('Conv2DBackpropInput', [part, kernels[group]!, sums])));
  }

  #op(op: string, inputs: readonly Output[]): Output {
    return this.#math.graph.op(op, inputs, this.#attributes);
  }

  #together(parts: readonly Output[]): Output {
    return this.#math.concatenate(parts, channelAxis);
  }

  #shapeOfPart(shape: Shape): Output {
    return this.#math.graph.integers([...shape.slice(0, -1), shape[channelAxis]! / this.#groups]);
  }
}

/** The last axis: C of NHWC, O of HWIO. */
const channelAxis = 3;
