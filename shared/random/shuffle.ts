import { philox } from './philox.ts';

/**
 * The numbers 0 … count − 1 in an order that is a function of (seed, stream, step): Fisher and Yates's shuffle.
 * `stream` tells apart what one seed is used for; `step` is the epoch, say.
 */
export function shuffled(count: number, seed: number, stream: number, step: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  let drawn: readonly number[] = [];
  for (let last = count - 1; last > 0; last--) {
    const lane = last & 3;
    if (lane === 3 || drawn.length === 0) drawn = philox([seed, stream], [step, 0, last >>> 2, 0]);
    // 2⁻³² · (last + 1) of bias: below one in 70,000 for MNIST's 60,000.
    const other = Math.floor((drawn[lane]! / 2 ** 32) * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
