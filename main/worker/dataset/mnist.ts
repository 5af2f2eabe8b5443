import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import manifest from '../../../shared/dataset/mnist.json' with { type: 'json' };
import { type Dataset, DatasetError, type LabelledImages } from './dataset.ts';
import { readIdx } from './idx.ts';

/**
 * MNIST whole (LeCun, Cortes, Burges): 60,000 training and 10,000 test digits, 28×28×1.
 *
 * @param folder holds the four plain IDX files.
 * @throws DatasetError naming the file that is missing, or is not the published one byte for byte.
 */
export async function readMnist(folder: string): Promise<Dataset> {
  const { trainImages, trainLabels, testImages, testLabels } = manifest.files;
  const files: Uint8Array[] = [];
  // One after another: of several files that are missing it is always the first that is named.
  for (const file of [trainImages, trainLabels, testImages, testLabels]) files.push(await readChecked(folder, file));
  const [pixels, labels, testPixels, testAnswers] = files;
  return { train: joined(pixels!, labels!), test: joined(testPixels!, testAnswers!) };
}

async function readChecked(folder: string, file: { name: string; bytes: number; sha256: string }): Promise<Uint8Array> {
  const path = join(folder, file.name);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new DatasetError(
        'dataset-missing',
        path,
        `${file.name} is not in ${folder}: run the set-up, or press Repair`,
      );
    }
    throw new DatasetError('dataset-missing', path, `${path} cannot be read: ${(error as Error).message}`);
  }
  if (bytes.length !== file.bytes || createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
    const what = `${path} is not the published file (${bytes.length} bytes instead of ${file.bytes}, or other content)`;
    throw new DatasetError('dataset-corrupt', path, `${what}: run the set-up, or press Repair`);
  }
  return bytes;
}

function joined(images: Uint8Array, labels: Uint8Array): LabelledImages {
  const { shape, values } = readIdx(images, 3);
  const [count = 0, height = 0, width = 0] = shape;
  return { count, shape: [height, width, 1], pixels: values, labels: readIdx(labels, 1).values };
}
