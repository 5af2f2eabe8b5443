/** A tensor's shape without its batch axis: `[height, width, channels]` for images (HWC), `[units]` for vectors. */
export type Shape = readonly number[];

/** How many numbers a tensor of this shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}
