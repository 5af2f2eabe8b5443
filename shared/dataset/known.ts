/**
 * Every dataset a recipe may ask for, with the shape of its images (HWC).
 *
 * `mnist`: 60,000 and 10,000 digits of 28×28; a network whose input is 32×32 gets them padded by two.
 * `mnist-16`: 7,291 and 2,007 of them made 16×16, in the place of the zip codes of 1989.
 * `cifar10`: 50,000 and 10,000 photographs of 32×32 (Krizhevsky, 2009). `folder`: images of one's own, a folder a class.
 */
export const knownDatasets = {
  mnist: [28, 28, 1],
  'mnist-16': [16, 16, 1],
  cifar10: [32, 32, 3],
  folder: [256, 256, 3],
} as const satisfies Record<string, readonly [height: number, width: number, channels: number]>;
export type KnownDataset = keyof typeof knownDatasets;

/** The folder of the datasets' folder with a dataset's files, which is also the name of the set-up's part that puts them there; null for one's own images. */
export const datasetFolders = {
  mnist: 'mnist',
  'mnist-16': 'mnist',
  cifar10: 'cifar10',
  folder: null,
} as const satisfies Record<KnownDataset, string | null>;

/** Files that set-up puts in place together. */
export type DatasetPart = NonNullable<(typeof datasetFolders)[KnownDataset]>;
