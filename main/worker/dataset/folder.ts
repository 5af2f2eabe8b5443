import { freemem, totalmem } from 'node:os';
import { type ByteImage, middleSquare } from '../../../shared/dataset/resize.ts';
import { ImageError } from '../../../shared/image-header/image-error.ts';
import { greyFromRgb } from '../../../shared/math/grey.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import { type ClassFolder, listClassFolders } from './class-folders.ts';
import { type DatasetFiles, DatasetError, type LabelledImages, type SkippedFile } from './dataset.ts';
import { readImageFile } from './images/read-image-file.ts';

/** The pixels here, the words they are handed over in, and the variables of the graph. */
const copies = 3;

/** The graph counts bytes in int32. */
const mostBytes = 2 ** 31 - 1;

/**
 * Reads images of one's own from a folder with a folder a class, as squares of one size: the shorter side scaled by area, the middle
 * cut out, in colour or, for one channel, grey. A tenth of each class, chosen by file names alone, is for testing.
 *
 * Files that cannot be read as images are skipped and named in `skipped`.
 *
 * @param shape HWC, square, 1 or 3 channels.
 * @param memory bytes that may be used.
 * @throws DatasetError if the images would not fit into memory, or a class has none left to train on or to test with.
 */
export async function readFolder(folder: string, shape: Shape, memory = usableMemory()): Promise<DatasetFiles> {
  const { classes, skipped } = await listClassFolders(folder);
  const testCount = classes.reduce((sum, { testCount }) => sum + testCount, 0);
  const count = classes.reduce((sum, { files }) => sum + files.length, 0);
  requireMemory(folder, count, shape, memory);
  const train = new Shelf(count - testCount, shape);
  const test = new Shelf(testCount, shape);
  for (const [label, one] of classes.entries()) await readClass(one, label, { train, test, skipped });
  return { classes: classes.map(({ name }) => name), train: train.images(), test: test.images(), skipped };
}

type Shelves = { readonly train: Shelf; readonly test: Shelf; readonly skipped: SkippedFile[] };

async function readClass(one: ClassFolder, label: number, { train, test, skipped }: Shelves): Promise<void> {
  let [forTest, forTraining] = [0, 0];
  for (const file of one.files) {
    const image = await imageIn(file);
    if (typeof image === 'string') {
      skipped.push({ file, reason: image });
    } else if (forTest < one.testCount) {
      test.put(image, label);
      forTest += 1;
    } else {
      train.put(image, label);
      forTraining += 1;
    }
  }
  if (forTraining > 0) return;
  const first = skipped.find(({ file }) => one.files.includes(file));
  const why = first ? ` (${first.file} was skipped: ${first.reason})` : '';
  const message = `The class ${one.name} has ${forTest} images that can be read${why}: it needs two, one to test with`;
  throw new DatasetError('dataset-corrupt', one.name, message);
}

/** The image, or why there is none. */
async function imageIn(file: string): Promise<ByteImage | string> {
  try {
    return await readImageFile(file);
  } catch (error) {
    if (error instanceof ImageError) return error.message;
    return `It cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Images side by side, as many as there is room for. */
class Shelf {
  readonly #shape: Shape;
  readonly #pixels: Uint8Array;
  readonly #labels: Uint16Array;
  #count = 0;

  constructor(room: number, shape: Shape) {
    this.#shape = shape;
    this.#pixels = new Uint8Array(room * sizeOf(shape));
    this.#labels = new Uint16Array(room);
  }

  put(image: ByteImage, label: number): void {
    this.#pixels.set(squareFrom(image, this.#shape), this.#count * sizeOf(this.#shape));
    this.#labels[this.#count] = label;
    this.#count += 1;
  }

  images(): LabelledImages {
    const count = this.#count;
    return {
      count,
      shape: this.#shape,
      pixels: this.#pixels.subarray(0, count * sizeOf(this.#shape)),
      labels: this.#labels.subarray(0, count),
    };
  }
}

/**
 * An image of one's own as a network gets it: a square, the shorter side scaled by area, the middle cut out, in colour or grey.
 *
 * @param image RGB.
 * @param shape HWC, square, 1 or 3 channels.
 */
export function squareFrom(image: ByteImage, [side = 0, , channels = 0]: Shape): Uint8Array {
  const square = middleSquare(image, side);
  return channels === 1 ? greyed(square) : square;
}

function greyed(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, pixel) =>
    Math.round(greyFromRgb(rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!)),
  );
}

/** On a system that keeps files in otherwise free memory, what is free says little: half of it all is usable in any case. */
function usableMemory(): number {
  return Math.max(freemem(), totalmem() / 2);
}

function requireMemory(folder: string, count: number, shape: Shape, memory: number): void {
  const bytes = count * sizeOf(shape);
  const most = Math.floor(Math.min(memory / copies, mostBytes) / sizeOf(shape));
  if (count <= most) return;
  const takes = `take ${gigabytes(bytes * copies)} as ${shape.join('×')} (there are ${copies} copies while a graph is filled)`;
  const advice = `use at most ${most} images`;
  const message = `The ${count} images of ${folder} ${takes}, more than there is room for: ${advice}`;
  throw new DatasetError('dataset-corrupt', folder, message);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
