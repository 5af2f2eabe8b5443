import { describe, expect, it } from 'vitest';
import type { DropoutSpec } from '../../../../shared/network/spec.ts';
import { tracedAlone } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { runGraph } from '../testing/run-graph.ts';
import { forward } from './index.ts';

const dice = new Dice();
const spec: DropoutSpec = { kind: 'dropout', name: 'layer', rate: 0.25 };
const shape = [5, 6, 7];
const size = 210;
const images = 40;

type When = { seed?: number; step?: number; index?: number; first?: number; count?: number; training?: boolean };

/** What dropout makes of ones, and of ones going back. */
function ones(when: When = {}) {
  const { seed = dice.seed, step = 3, index = 0, first = 0, count = images, training = true } = when;
  return runGraph((math, place) => {
    const { graph } = math;
    const pass = forward({
      math,
      layer: { ...tracedAlone(spec, shape), index },
      inputs: [place(new Float32Array(count * size).fill(1), [count, ...shape])],
      weights: [],
      state: [],
      training: training ? { seed: graph.integer(seed), step: graph.integer(step), first } : null,
      batch: count,
    });
    const back = pass.backward(place(new Float32Array(count * size).fill(1), [count, ...shape]), [true]);
    return { output: pass.output, byInput: back.inputs[0]! };
  });
}

describe(`dropout (seed ${dice.seed})`, () => {
  it('zeroes a quarter and widens the rest by a third', () => {
    const { output } = ones();
    const kept = output.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(4 / 3)]));
    const count = images * size;
    const deviation = Math.sqrt(count * 0.75 * 0.25);
    expect(Math.abs(kept.length - count * 0.75)).toBeLessThan(4 * deviation);
  });

  it('sends the gradient back where numbers came through, as widened as they were', () => {
    const { output, byInput } = ones();
    expect(byInput).toEqual(output);
  });

  it('drops the same numbers for the same seed and step', () => {
    expect(ones().output).toEqual(ones().output);
  });

  it.each([
    ['step', { step: 4 }],
    ['seed', { seed: dice.seed + 1 }],
    ['place in the network', { index: 1 }],
  ])('drops others for another %s', (_what, other) => {
    const [a, b] = [ones().output, ones(other).output];
    const same = a.filter((value, index) => value === b[index]).length / a.length;
    // Two masks that know nothing of each other agree in 0.75² + 0.25².
    expect(same).toBeGreaterThan(0.625 - 5 * Math.sqrt((0.625 * 0.375) / a.length));
    expect(same).toBeLessThan(0.625 + 5 * Math.sqrt((0.625 * 0.375) / a.length));
  });

  it('drops the same numbers of a batch in one tower and in several', () => {
    const whole = ones().output;
    // 13 images of 210 numbers end in the middle of one of the generator's counts.
    const first = ones({ count: 13 }).output;
    const rest = ones({ first: 13, count: images - 13 }).output;
    expect(Float32Array.from([...first, ...rest])).toEqual(whole);
  });

  it('does nothing in evaluation', () => {
    const { output, byInput } = ones({ training: false });
    expect(output.every((value) => value === 1)).toBe(true);
    expect(byInput.every((value) => value === 1)).toBe(true);
  });
});
