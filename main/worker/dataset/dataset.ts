import type { Shape } from '../../../shared/tensor/shape.ts';

/** Pictures of one size with their labels, as bytes: 0 is no light, 255 is full. */
export type LabelledImages = {
  readonly count: number;
  /** HWC. */
  readonly shape: Shape;
  /** NHWC, row by row. */
  readonly pixels: Uint8Array;
  /** A class number each. */
  readonly labels: Uint8Array;
};

export type Dataset = { readonly train: LabelledImages; readonly test: LabelledImages };

/** A dataset that cannot be used. `file` is the one at fault. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code: 'dataset-missing' | 'dataset-corrupt';
  readonly file: string;
  constructor(code: DatasetError['code'], file: string, message: string) {
    super(message);
    this.code = code;
    this.file = file;
  }
}
