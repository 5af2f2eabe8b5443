import { philox } from '../../../../shared/random/philox.ts';

/** Random test inputs, all from one seed: a test that fails says the seed, and with it fails again. */
export class Dice {
  readonly seed: number;
  #drawn = 0;

  constructor(seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 1e6))) {
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

  #unit(): number {
    return philox([this.seed, 0], [this.#drawn++, 0, 0, 0])[0] / 2 ** 32;
  }
}
