import manifest from '../../../shared/dataset/mnist.json' with { type: 'json' };
import { mnist16 } from '../../../shared/dataset/mnist-16.ts';
import { padded } from '../../../shared/dataset/pad.ts';
import { resize } from '../../../shared/dataset/resize.ts';
import { shuffled } from '../../../shared/random/shuffle.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import { readChecked, type Remedy } from './checked-file.ts';
import type { DatasetFiles, LabelledImages } from './dataset.ts';
import { readIdx } from './idx.ts';

const remedy: Remedy = { missing: 'run the set-up, or press Repair', corrupt: 'run the set-up, or press Repair' };

/**
 * MNIST whole (LeCun, Cortes, Burges): 60,000 training and 10,000 test digits, 28×28×1.
 *
 * @param folder holds the four plain IDX files.
 * @throws DatasetError naming the file that is missing, or is not the published one byte for byte.
 */
export async function readMnist(folder: string): Promise<DatasetFiles> {
  const { trainImages, trainLabels, testImages, testLabels } = manifest.files;
  const files: Uint8Array[] = [];
  // One after another: of several files that are missing it is always the first that is named.
  for (const file of [trainImages, trainLabels, testImages, testLabels])
    files.push(await readChecked(folder, file, remedy));
  const [pixels, labels, testPixels, testAnswers] = files;
  return {
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
    train: joined(pixels!, labels!),
    test: joined(testPixels!, testAnswers!),
    skipped: [],
  };
}

/** The same digits in the middle of larger images of this shape (HWC). */
export function paddedTo(dataset: DatasetFiles, shape: Shape): DatasetFiles {
  const pad = (images: LabelledImages): LabelledImages => ({
    ...images,
    ...padded(images.pixels, images.shape, (shape[0]! - images.shape[0]!) / 2),
  });
  return { ...dataset, train: pad(dataset.train), test: pad(dataset.test) };
}

/** The digits in the place of the zip codes of 1989: see shared/dataset/mnist-16.ts. */
export function sixteen(dataset: DatasetFiles): DatasetFiles {
  return {
    ...dataset,
    train: drawn(dataset.train, mnist16.train, 0),
    test: drawn(dataset.test, mnist16.test, 1),
  };
}

/** `count` of the images in the order of a shuffle, made small. `stream` tells the shuffles of one seed apart. */
function drawn({ count: all, shape, pixels, labels }: LabelledImages, count: number, stream: number): LabelledImages {
  const { side, seed } = mnist16;
  const [height = 0, width = 0, channels = 0] = shape;
  const chosen = shuffled(all, seed, stream, 0).subarray(0, count);
  const small = new Uint8Array(count * side * side * channels);
  chosen.forEach((index, place) => {
    const from = index * sizeOf(shape);
    const image = { width, height, channels, pixels: pixels.subarray(from, from + sizeOf(shape)) };
    small.set(resize(image, side, side, 'bilinear'), place * side * side * channels);
  });
  return {
    count,
    shape: [side, side, channels],
    pixels: small,
    labels: Uint8Array.from(chosen, (index) => labels[index]!),
  };
}

function joined(images: Uint8Array, labels: Uint8Array): LabelledImages {
  const { shape, values } = readIdx(images, 3);
  const [count = 0, height = 0, width = 0] = shape;
  return { count, shape: [height, width, 1], pixels: values, labels: readIdx(labels, 1).values };
}
