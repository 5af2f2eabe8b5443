import { imagesFor, mismatch } from '../../../shared/dataset/adaptation.ts';
import { type KnownDataset, knownDatasets } from '../../../shared/dataset/known.ts';
import { padded } from '../../../shared/dataset/pad.ts';
import type { ByteImage } from '../../../shared/dataset/resize.ts';
import { NetworkError } from '../../../shared/network/network-error.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import { squareFrom } from '../dataset/folder.ts';

/**
 * A picture as a network reads it: as the dataset `folder` makes its images, of which evaluation reads the middle. One that is as large as those
 * of the run's own dataset goes the way of these: a digit of 28×28 is padded for a network of 32×32.
 *
 * @param image RGB.
 * @param input of the network, HWC.
 * @returns bytes, HWC.
 * @throws NetworkError if the network reads no images of one's own.
 */
export function inputFromImage(image: ByteImage, dataset: KnownDataset, input: Shape): Uint8Array<ArrayBuffer> {
  const [height = 0, width = 0, channels = 0] = input;
  const [ownHeight, ownWidth] = knownDatasets[dataset];
  if (dataset === 'mnist' && image.height === ownHeight && image.width === ownWidth && height > ownHeight) {
    const own = [ownHeight, ownWidth, channels];
    return Uint8Array.from(padded(squareFrom(image, own), own, (height - ownHeight) / 2).pixels);
  }
  const stored = imagesFor('folder', input);
  if (!stored) throw new NetworkError('input', mismatch('folder', input));
  return middle(squareFrom(image, stored), stored, height, width);
}

function middle(pixels: Uint8Array, [rows = 0, columns = 0, channels = 0]: Shape, height: number, width: number) {
  const [top, left] = [Math.floor((rows - height) / 2), Math.floor((columns - width) / 2)];
  const cut = new Uint8Array(height * width * channels);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * columns + left) * channels;
    cut.set(pixels.subarray(from, from + width * channels), row * width * channels);
  }
  return cut;
}
