import { mostWatchedImages, type WatchedImage } from '../../shared/contract.ts';
import type { NetworkTrace } from '../../shared/network/shapes.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import type { LabelledImages } from './dataset/dataset.ts';
import type { LookedAt } from './looks.ts';

/** Multiplications and additions that a look at a whole class may take: about a second on two cores. */
const flopsOfClass = 3e10;

/** The label of an image without one. */
const unlabelled = -1;

/** What is looked at, as bytes of the network's input size. */
export class WatchedImages {
  readonly #trace: NetworkTrace;
  readonly #test: LabelledImages;
  /** Of the last images: the same are looked at many times. */
  #last: { readonly image: WatchedImage; readonly looked: LookedAt } | null = null;

  constructor(trace: NetworkTrace, test: LabelledImages) {
    this.#trace = trace;
    this.#test = test;
  }

  /** Whether the network can look at it. */
  fit(image: WatchedImage): boolean {
    switch (image.source) {
      case 'test':
        return image.index < this.#test.count;
      case 'drawn':
        return image.pixels.length === sizeOf(this.#trace.spec.input);
      case 'several':
        return image.indices.every((index) => index < this.#test.count);
      case 'class':
        return this.#test.labels.includes(image.label);
      default:
        return image satisfies never;
    }
  }

  /** The true class of a test image, or the class that is looked at; null for others. */
  labelOf(image: WatchedImage): number | null {
    switch (image.source) {
      case 'test':
        return this.#test.labels[image.index] ?? null;
      case 'class':
        return image.label;
      case 'drawn':
      case 'several':
        return null;
      default:
        return image satisfies never;
    }
  }

  /** @param image one that fits. */
  of(image: WatchedImage): LookedAt {
    if (this.#last?.image !== image) this.#last = { image, looked: this.#looked(image) };
    return this.#last.looked;
  }

  #looked(image: WatchedImage): LookedAt {
    switch (image.source) {
      case 'test':
        return this.#tested([image.index]);
      case 'drawn':
        return { pixels: Int32Array.from(image.pixels), labels: Int32Array.of(unlabelled) };
      case 'several':
        return this.#tested(image.indices);
      case 'class':
        return this.#tested(this.#ofClass(image.label));
      default:
        return image satisfies never;
    }
  }

  /** The first test images of a class; of large networks fewer than `mostWatchedImages`, so that a look stays within a second or so. */
  #ofClass(label: number): readonly number[] {
    const most = Math.min(mostWatchedImages, Math.max(1, Math.floor(flopsOfClass / this.#trace.flops)));
    const indices: number[] = [];
    for (let index = 0; index < this.#test.count && indices.length < most; index += 1) {
      if (this.#test.labels[index] === label) indices.push(index);
    }
    return indices;
  }

  /** Test images as the network reads them: from the middle of those that are stored larger. */
  #tested(indices: readonly number[]): LookedAt {
    const [rows = 0, columns = 0, channels = 0] = this.#test.shape;
    const [height, width] = this.#trace.spec.input;
    const [top, left] = [Math.floor((rows - height) / 2), Math.floor((columns - width) / 2)];
    const pixels = new Int32Array(indices.length * height * width * channels);
    for (const [place, index] of indices.entries()) {
      const start = index * rows * columns * channels;
      for (let row = 0; row < height; row += 1) {
        const from = start + ((top + row) * columns + left) * channels;
        const line = this.#test.pixels.subarray(from, from + width * channels);
        pixels.set(line, (place * height + row) * width * channels);
      }
    }
    return { pixels, labels: Int32Array.from(indices, (index) => this.#test.labels[index]!) };
  }
}
