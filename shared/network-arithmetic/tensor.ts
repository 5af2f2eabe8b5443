import type { Shape } from '../tensor/shape.ts';

/** What a layer gives for one image, or what it keeps: HWC, or [units]. */
export type Tensor = { readonly shape: Shape; readonly values: ArrayLike<number> };

/** The number at a place of an HWC tensor; the place must be in it. */
export function valueAt({ shape, values }: Tensor, row: number, column: number, channel: number): number {
  return values[(row * shape[1]! + column) * shape[2]! + channel]!;
}

export function added(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
