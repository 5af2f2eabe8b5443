import address from '../../../resources/photographs/nagasaki-boats.png?url';
import type { Plane } from '../../../shared/math/plane.ts';

/** The sample photograph as grey values in [0, 1]. Decoded by the sandboxed page, never by the worker. */
export async function loadPhotograph(): Promise<Plane> {
  const image = new Image();
  image.src = address;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The photograph could not be drawn: this window has no 2D canvas');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  // The file is grey: red, green and blue are the same byte.
  return { height, width, values: Float32Array.from({ length: width * height }, (_, i) => data[4 * i]! / 255) };
}
