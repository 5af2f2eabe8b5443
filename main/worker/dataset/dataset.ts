import { colourStatistics } from '../../../shared/dataset/colours.ts';
import { type PrincipalAxes, principalAxes } from '../../../shared/dataset/principal-axes.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';

/** Pictures of one size with their labels, as bytes: 0 is no light, 255 is full. */
export type LabelledImages = {
  readonly count: number;
  /** HWC. */
  readonly shape: Shape;
  /** NHWC, row by row. */
  readonly pixels: Uint8Array;
  /** A class number each. */
  readonly labels: Uint8Array | Uint16Array;
};

/** A file of one's own that could not be used, and why, in a sentence. */
export type SkippedFile = { readonly file: string; readonly reason: string };

/** What a reader makes of a dataset's files. */
export type DatasetFiles = {
  /** The name of each class number. */
  readonly classes: readonly string[];
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** Only images of one's own are ever skipped. */
  readonly skipped: readonly SkippedFile[];
};

export type Dataset = DatasetFiles & {
  /** As `coloursOf` the training images. */
  readonly colours: () => PrincipalAxes;
};

/** The principal axes of the colours of the training pixels, in bytes: what noise along them is made of. Reads the pixels each time. */
export function coloursOf({ pixels, shape }: LabelledImages): PrincipalAxes {
  return principalAxes(colourStatistics(pixels, shape[2] ?? 1).covariance);
}

/**
 * A dataset that cannot be used. `file` is the one at fault, or the dataset's name.
 *
 * `network-invalid`: there may be nothing wrong with the files, but the dataset has no images for the network's input.
 */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code: 'dataset-missing' | 'dataset-corrupt' | 'network-invalid';
  readonly file: string;
  constructor(code: DatasetError['code'], file: string, message: string) {
    super(message);
    this.code = code;
    this.file = file;
  }
}
