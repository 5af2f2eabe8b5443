import { windowsAlong } from '../network/shapes.ts';
import type { Plane } from './plane.ts';

export type CorrelateOptions = {
  /** Cells the kernel moves at a time. */
  readonly stride?: number;
  /** Rings of zeros put around the image. */
  readonly padding?: number;
};

/**
 * Slides a kernel over an image and sums the products: what networks call convolution and mathematics calls
 * cross-correlation (the kernel is not flipped).
 *
 * Output: ⌊(cells + 2·padding − kernel) / stride⌋ + 1 along each axis. Sums in float64, stores float32.
 * @throws RangeError if the kernel does not fit in the padded image, or stride or padding is not a whole number.
 */
export function correlate(image: Plane, kernel: Plane, options: CorrelateOptions = {}): Plane {
  const { stride = 1, padding = 0 } = options;
  if (!Number.isInteger(stride) || stride < 1) {
    throw new RangeError(`A stride is a whole number above zero, not ${stride}`);
  }
  if (!Number.isInteger(padding) || padding < 0) {
    throw new RangeError(`Padding is a whole number of rings, zero or more, not ${padding}`);
  }
  const height = windowsAlong(image.height + 2 * padding, kernel.height, stride, 'valid');
  const width = windowsAlong(image.width + 2 * padding, kernel.width, stride, 'valid');
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      values[y * width + x] = sumOfProducts(image, kernel, y * stride - padding, x * stride - padding);
    }
  }
  return { height, width, values };
}

/** Products of the kernel with the image cells from (top, left) on; cells outside the image count as zero. */
function sumOfProducts(image: Plane, kernel: Plane, top: number, left: number): number {
  let sum = 0;
  for (let y = 0; y < kernel.height; y++) {
    const row = top + y;
    if (row < 0 || row >= image.height) continue;
    for (let x = 0; x < kernel.width; x++) {
      const column = left + x;
      if (column < 0 || column >= image.width) continue;
      sum += kernel.values[y * kernel.width + x]! * image.values[row * image.width + column]!;
    }
  }
  return sum;
}
