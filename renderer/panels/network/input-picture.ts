import { type FramePart, planeOf, rangeOf, valueFromByte } from '../../../shared/frame/layout.ts';
import type { PixelScale } from '../../../shared/network/spec.ts';
import { pixelOf } from '../../scene/picture.ts';

/** The byte 0–255 that a pixel was before the network's scale; what the frame's own rounding adds is at most half of one. */
export function byteOf(value: number, channel: number, scale?: PixelScale): number {
  return Math.round(pixelOf(value, channel, scale));
}

/**
 * The watched image as people see it, from the planes of a frame: RGBA, row by row; grey where the input has one channel.
 *
 * @param input the frame's part that holds it. @param scale what the network makes of its pixels.
 */
export function pictureOf(frame: Uint8Array, input: FramePart, scale?: PixelScale): Uint8ClampedArray<ArrayBuffer> {
  const cells = input.height * input.width;
  const picture = new Uint8ClampedArray(cells * 4).fill(255);
  for (let colour = 0; colour < 3; colour += 1) {
    const channel = Math.min(colour, input.planes - 1);
    const plane = planeOf(frame, input, channel);
    const range = rangeOf(frame, input, channel);
    for (let cell = 0; cell < cells; cell += 1) {
      picture[4 * cell + colour] = byteOf(valueFromByte(plane[cell]!, range), channel, scale);
    }
  }
  return picture;
}
