import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import { type Activations, LearnedError } from '../learned.svelte.ts';
import { rereadMillis, UnitFollower } from './unit-follower.svelte.ts';

const network = trace(presets['lenet5-textbook'].choose({}).network);
const layer = network.layers.find(({ spec }) => spec.name === 'C3')!;
const image = { source: 'test', index: 3 } as const;
const wanted = { trace: network, layer, unit: { map: 5, row: 1, column: 2 }, image };

/** A follower, and a worker whose weights are all ½ and whose numbers are all 1; each call of `stepOf` says after which step. */
function followed(stepOf: () => number = () => 1) {
  const asked: string[] = [];
  let refusal: LearnedError | null = null;
  const answer = <T>(value: T): Promise<T> => (refusal ? Promise.reject(refusal) : Promise.resolve(value));
  const filled = (shape: readonly number[], value: number): Activations => ({
    shape,
    values: new Float32Array(sizeOf(shape)).fill(value),
    step: stepOf(),
  });
  const follower = new UnitFollower({
    readActivations(name, of) {
      asked.push(`${name} ${of}`);
      const shape = network.layers.find(({ spec }) => spec.name === name)!.output;
      return answer(filled(shape, of === 'sums' ? 80 : 1));
    },
    readWeights(name, unit) {
      asked.push(`${name} weights ${unit}`);
      const kernel = filled([5, 5, 6], 0.5);
      return answer({
        step: kernel.step,
        tensors: [
          { name: 'kernel', ...kernel },
          { name: 'bias', ...filled([], 5) },
        ],
      });
    },
  });
  return { follower, asked, refuse: (error: LearnedError | null) => (refusal = error) };
}

describe('the arithmetic of a unit that is followed', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const soon = () => vi.advanceTimersByTimeAsync(0);

  it('comes from the layer’s sums and outputs, its filter, and what it reads', async () => {
    const { follower, asked } = followed();
    follower.want(wanted);
    await soon();
    expect(asked.sort()).toEqual(['C3 outputs', 'C3 sums', 'C3 weights 5', 'S2 outputs']);
    expect(follower.reading).toMatchObject({ step: 1, unit: wanted.unit, ownSum: 80, ownResult: 1 });
    // 150 products of 1 × ½, and a bias of 5.
    expect(follower.reading!.arithmetic).toMatchObject({ kind: 'convolution', sum: 75, bias: 5, biased: 80 });
  });

  it('is read again where a step came in between, so that all its numbers are of one step', async () => {
    let calls = 0;
    // Of the first four answers, one is of the step before.
    const { follower, asked } = followed(() => ((calls += 1) === 2 ? 1 : 2));
    follower.want(wanted);
    await soon();
    expect(asked).toHaveLength(8);
    expect(follower.reading?.step).toBe(2);
  });

  it('says so where the network never stands still, and keeps the last that was whole', async () => {
    let calls = 0;
    let isStill = true;
    const { follower } = followed(() => (isStill ? 1 : (calls += 1)));
    follower.want(wanted);
    await soon();
    isStill = false;
    follower.want(wanted);
    await vi.advanceTimersByTimeAsync(rereadMillis);
    expect(follower.problem).toBe('too-fast');
    expect(follower.reading?.step).toBe(1);
  });

  it('is read at most so often, and last of what was asked for last', async () => {
    const { follower, asked } = followed();
    for (let row = 0; row < 9; row++) follower.want({ ...wanted, unit: { ...wanted.unit, row } });
    await soon();
    expect(asked).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(rereadMillis);
    expect(asked).toHaveLength(8);
    expect(follower.reading?.unit.row).toBe(8);
    await vi.advanceTimersByTimeAsync(10 * rereadMillis);
    expect(asked).toHaveLength(8);
  });

  it('gives the worker’s reason where it refuses', async () => {
    const { follower, refuse } = followed();
    refuse(new LearnedError('no-such-image', 'There is no such image'));
    follower.want(wanted);
    await soon();
    expect(follower.problem).toBe('no-such-image');
    refuse(null);
    follower.want(wanted);
    await vi.advanceTimersByTimeAsync(rereadMillis);
    expect(follower.problem).toBeNull();
  });

  it('is none of a network that is gone', async () => {
    const { follower } = followed();
    follower.want(wanted);
    follower.forget();
    await vi.advanceTimersByTimeAsync(rereadMillis);
    expect(follower.reading).toBeNull();
  });
});
