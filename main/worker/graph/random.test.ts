import { describe, expect, it } from 'vitest';
import { philox } from '../../../shared/random/philox.ts';
import { draw } from './random.ts';
import { Dice } from './testing/dice.ts';
import { runGraph } from './testing/run-graph.ts';

const dice = new Dice();

describe(`random numbers in the graph (seed ${dice.seed})`, () => {
  const [seed, stream, step] = [dice.seed, dice.whole(0, 1e6), dice.whole(0, 1e6)];
  const row = (distribution: 'uniform' | 'normal', first: number, count: number): Float32Array => {
    const { numbers } = runGraph((math) => {
      const source = { seed: math.graph.integer(seed), stream, step: math.graph.integer(step) };
      return { numbers: draw(math, distribution, source, first, count) };
    });
    return numbers;
  };

  it('are those of Philox keyed with stream and seed, and counted on from the step', () => {
    const expected = Array.from({ length: 10 }, (_, count) => philox([stream, seed], [count, 0, step, 0])).flat();
    // TensorFlow makes a fraction of the low 23 bits.
    expect([...row('uniform', 0, 40)]).toEqual(expected.map((word) => (word & 0x7fffff) / 2 ** 23));
  });

  it.each(['uniform', 'normal'] as const)('can be drawn in parts: %s', (distribution) => {
    const whole = row(distribution, 0, 50);
    const parts = [row(distribution, 0, 7), row(distribution, 7, 13), row(distribution, 20, 30)];
    expect(parts.flatMap((part) => [...part])).toEqual([...whole]);
  });

  it('are normal with mean 0 and deviation 1 if asked', () => {
    const count = 10_000;
    const numbers = row('normal', 0, count);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
    const variance = numbers.reduce((sum, value) => sum + value ** 2, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  });
});
