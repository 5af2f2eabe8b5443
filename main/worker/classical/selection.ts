import { sizeOf } from '../../../shared/tensor/shape.ts';
import type { LabelledImages } from '../dataset/dataset.ts';

/** Some images of a dataset, by their numbers in it. */
export type Selection = { readonly images: LabelledImages; readonly order: Int32Array };

/** The bytes of the image at a place of the order. */
export function pixelsOf({ images: { pixels, shape }, order }: Selection, place: number): Uint8Array {
  const size = sizeOf(shape);
  return pixels.subarray(order[place]! * size, (order[place]! + 1) * size);
}
