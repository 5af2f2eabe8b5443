import { philox } from '../philox.ts';

/** Random test inputs, all from one seed. */
export class Dice {
  readonly seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** A whole number from `least` to `most`, both possible. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#unit() * (most - least + 1));
  }

  /** Numbers from −1 to 1, exact in float32. */
  numbers(count: number): Float32Array {
    return Float32Array.from({ length: count }, () => this.#unit() * 2 - 1);
  }

  /** One of these. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.whole(0, choices.length - 1)]!;
  }

  #unit(): number {
    return philox([this.seed, 0], [this.#drawn++, 0, 0, 0])[0] / 2 ** 32;
  }
}
