import type { LabelledImages } from './dataset.ts';

/** A file of records that is not what it says. */
export class CifarError extends Error {
  override readonly name = 'CifarError';
}

const [side, channels, classes] = [32, 3, 10];
const plane = side * side;
const recordBytes = 1 + channels * plane;

/**
 * Reads files of CIFAR-10's binary version, one after another: a record is one byte of label and the planes of red, green and blue,
 * row by row (CHW); out come bytes in NHWC.
 *
 * @throws CifarError if a file is not whole records, or a label is none of the ten.
 */
export function readCifarRecords(files: readonly Uint8Array[]): LabelledImages {
  for (const { length } of files) {
    if (length % recordBytes !== 0) throw new CifarError(`${length} bytes are not whole records of ${recordBytes}`);
  }
  const count = files.reduce((sum, { length }) => sum + length / recordBytes, 0);
  const pixels = new Uint8Array(count * channels * plane);
  const labels = new Uint8Array(count);
  let image = 0;
  for (const file of files) {
    for (let record = 0; record < file.length; record += recordBytes) {
      const label = file[record]!;
      if (label >= classes) throw new CifarError(`Record ${image} has the label ${label}; there are ${classes}`);
      labels[image] = label;
      const to = image * channels * plane;
      for (let pixel = 0; pixel < plane; pixel++) {
        const from = record + 1 + pixel;
        for (let channel = 0; channel < channels; channel++) {
          pixels[to + pixel * channels + channel] = file[from + channel * plane]!;
        }
      }
      image += 1;
    }
  }
  return { count, shape: [side, side, channels], pixels, labels };
}
