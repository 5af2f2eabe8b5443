import type { Shape } from '../tensor/shape.ts';
import { type KnownDataset, knownDatasets } from './known.ts';

/** From this side on an input takes photographs, and gets them larger than itself by a seventh: 256 for 224. */
const photographSide = 128;

/** Larger inputs than this would not fit a folder of images into memory. */
const largestSide = 512;

/**
 * The images (HWC) that a dataset gives a network with this input, or null where it has none for it.
 *
 * `mnist` pads to 32×32. `folder` makes images of any square input, in grey or colour: small ones as large as the input, photographs
 * larger by a seventh, from which the network's own input is cut.
 */
export function imagesFor(dataset: KnownDataset, input: Shape): Shape | null {
  if (dataset === 'folder') return ownImagesFor(input);
  if (dataset === 'mnist' && equal(input, [32, 32, 1])) return input;
  return equal(input, knownDatasets[dataset]) ? input : null;
}

function ownImagesFor([height = 0, width = 0, channels = 0]: Shape): Shape | null {
  if (height !== width || height < 1 || height > largestSide || (channels !== 1 && channels !== 3)) return null;
  const side = height < photographSide ? height : Math.round((height * 8) / 7);
  return [side, side, channels];
}

/** Why a dataset has no images for an input, and what to do, in a sentence. */
export function mismatch(dataset: KnownDataset, input: Shape): string {
  const others = (Object.keys(knownDatasets) as KnownDataset[]).filter((other) => imagesFor(other, input) !== null);
  const advice =
    others.length > 0
      ? `choose ${others.join(' or ')}, or another network`
      : 'choose another network, or give this one such an input';
  return `${offer(dataset)}, and the network reads ${written(input)}: ${advice}`;
}

function offer(dataset: KnownDataset): string {
  if (dataset === 'folder') {
    return `A folder of images becomes squares of up to ${largestSide} pixels with 1 or 3 channels`;
  }
  const shapes = written(knownDatasets[dataset]);
  return `${dataset} has images of ${shapes}${dataset === 'mnist' ? ', padded 32×32×1' : ''}`;
}

function written(shape: Shape): string {
  return shape.join('×');
}

function equal(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((length, axis) => length === other[axis]);
}
