import type { Shape } from '../../tensor/shape.ts';
import { NetworkError } from '../network-error.ts';
import { type LayerSpec, type Padding } from '../spec.ts';
import { extentOf, paddingAlong, type Windows, windowsAlong } from '../windows.ts';

/** A tensor a layer keeps: its name within the layer, and its shape. */
export type NamedShape = { readonly name: string; readonly shape: Shape };

/**
 * What the cells of a layer see of the input, along one axis, in pixels: cell i sees from `low + i · jump` to
 * `high + i · jump`, both counted. Pixels below 0 or beyond the image are padding.
 */
export type Field = { readonly low: number; readonly high: number; readonly jump: number };

/** What a layer reads: the image or an earlier layer. */
export type LayerSource = { readonly name: string; readonly shape: Shape; readonly field: Field };

/** All that follows from one layer's spec and what it reads. */
export type LayerFacts = {
  readonly output: Shape;
  /** Trainable tensors, in order. */
  readonly weights: readonly NamedShape[];
  /** Tensors that training changes but no gradient does. */
  readonly state: readonly NamedShape[];
  readonly parameters: number;
  readonly connections: number;
  readonly flops: number;
  readonly fanIn: number;
  /** Cells with a sum of their own (convolution, subsampling, dense, RBF): what papers count as units or neurons. */
  readonly units: number;
  readonly field: Field;
};

/** One kind's rule. @throws NetworkError if the spec cannot work on these inputs. */
export type Rule<Spec extends LayerSpec> = (spec: Spec, source: LayerSource, other?: LayerSource) => LayerFacts;

/** The facts of a layer that keeps no tensors and links cell to cell, but for what `facts` says. */
export function factsOf(source: LayerSource, facts: Partial<LayerFacts>): LayerFacts {
  const { shape: output, field } = source;
  return {
    output,
    field,
    weights: [],
    state: [],
    parameters: 0,
    connections: 0,
    flops: 0,
    fanIn: 1,
    units: 0,
    ...facts,
  };
}

/** Every cell sees the whole image. */
export const wholeImage: Field = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, jump: 0 };

/** What the cells of a layer see whose windows lie along an axis as `windows` says. */
export function fieldOfWindows({ low, high, jump }: Field, windows: Windows): Field {
  const [before] = paddingAlong(windows);
  const first = -before * jump;
  const last = first + (extentOf(windows.size, windows.dilation) - 1) * jump;
  return { low: low + first, high: high + last, jump: jump * windows.stride };
}

/** @throws NetworkError if `shape` is not [height, width, channels]. */
export function imageShape(spec: LayerSpec, { name, shape }: LayerSource): readonly [number, number, number] {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new NetworkError(
      spec.name,
      `It reads an image (height, width, channels), but ${name} gives a vector: put it before flatten`,
    );
  }
  return [height, width, channels];
}

/** @throws NetworkError if the windows do not fit; see `windowsAlong`. */
export function windowsOf(layer: string, { cells, size, stride, padding, dilation }: Windows): number {
  try {
    return windowsAlong(cells, size, stride, padding, dilation);
  } catch (error) {
    throw new NetworkError(layer, (error as RangeError).message);
  }
}

/** @throws NetworkError unless each is a whole number above zero. */
export function requirePositive(layer: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new NetworkError(layer, `${name} must be a whole number above zero, not ${value}`);
    }
  }
}

/** @throws NetworkError unless explicit padding is whole, not negative, and smaller than the window, so that each window sees the map. */
export function requirePadding(layer: string, padding: Padding, extent: number): void {
  if (padding === 'valid' || padding === 'same') return;
  for (const cells of padding) {
    if (!Number.isInteger(cells) || cells < 0) {
      throw new NetworkError(layer, `Padding must be a whole number of cells from zero up, not ${cells}`);
    }
    if (cells >= extent) {
      throw new NetworkError(
        layer,
        `A padding of ${cells} cells hides the map from a window of ${extent}: pad by at most ${extent - 1}`,
      );
    }
  }
}
