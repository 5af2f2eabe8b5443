import { type Shape, sizeOf } from '../tensor/shape.ts';

/**
 * Images (NHWC) with `cells` cells of background, 0, on each side.
 *
 * @param shape HWC of one image as it is given.
 */
export function padded(pixels: Uint8Array, shape: Shape, cells: number): { pixels: Uint8Array; shape: Shape } {
  const [height = 0, width = 0, channels = 0] = shape;
  const larger = [height + 2 * cells, width + 2 * cells, channels];
  const count = pixels.length / sizeOf(shape);
  const result = new Uint8Array(count * sizeOf(larger));
  const [row, longRow] = [width * channels, (width + 2 * cells) * channels];
  for (let image = 0; image < count; image++) {
    for (let y = 0; y < height; y++) {
      const from = (image * height + y) * row;
      const to = image * sizeOf(larger) + (y + cells) * longRow + cells * channels;
      result.set(pixels.subarray(from, from + row), to);
    }
  }
  return { pixels: result, shape: larger };
}
