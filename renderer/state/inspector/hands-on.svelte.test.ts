import { describe, expect, it } from 'vitest';
import { LearnedError } from '../learned.svelte.ts';
import { HandsOn } from './hands-on.svelte.ts';

type Stored = { weights: number[]; bias: number };

/** Hands on a layer C1 of filters of 1×2 weights for one channel, and what has been written. */
function handsOn(filters: Stored[], biasShape: readonly number[] = []) {
  const written: { filter: number; bias: number | undefined }[] = [];
  let refusal: LearnedError | null = null;
  const hands = new HandsOn({
    readWeights(_layer, unit) {
      const { weights, bias } = filters[unit!]!;
      return Promise.resolve({
        step: 3,
        tensors: [
          { name: 'kernel', shape: [1, 2, 1], values: Float32Array.from(weights) },
          { name: 'bias', shape: biasShape, values: Float32Array.of(bias) },
        ],
      });
    },
    writeKernel(_layer, filter, channel, weights, bias) {
      if (refusal) return Promise.reject(refusal);
      expect(channel).toBeNull();
      written.push({ filter, bias });
      filters[filter] = { weights: Array.from(weights), bias: bias ?? filters[filter]!.bias };
      return Promise.resolve();
    },
  });
  const place = { layer: 'C1', filter: 0, channel: null };
  return { hands, place, filters, written, refuse: (error: LearnedError | null) => (refusal = error) };
}

const two = (): Stored[] => [
  { weights: [1, 2], bias: 0.5 },
  { weights: [3, 4], bias: -1 },
];

describe('hands on the network', () => {
  it('mutes a filter, takes that back, and does it again', async () => {
    const { hands, place, filters } = handsOn(two());
    await hands.change(place, 'mute');
    expect(filters[0]).toEqual({ weights: [0, 0], bias: 0 });
    expect([hands.canUndo, hands.canRedo, hands.isTouched('C1', 0)]).toEqual([true, false, true]);
    await hands.undo();
    expect(filters[0]).toEqual({ weights: [1, 2], bias: 0.5 });
    expect([hands.canUndo, hands.canRedo, hands.isTouched('C1', 0)]).toEqual([false, true, false]);
    await hands.redo();
    expect(filters[0]).toEqual({ weights: [0, 0], bias: 0 });
    expect(hands.last).toEqual({ kind: 'mute', layer: 'C1', filter: 0, way: 'redone' });
  });

  it('swaps two filters as one step, their biases with them', async () => {
    const { hands, place, filters } = handsOn(two());
    await hands.swap(place, 1);
    expect(filters).toEqual([...two()].reverse());
    await hands.undo();
    expect(filters).toEqual(two());
  });

  it('copies from another filter, which stays', async () => {
    const { hands, place, filters, written } = handsOn(two());
    await hands.copyFrom(place, 1);
    expect(filters).toEqual([two()[1], two()[1]]);
    expect(written.map(({ filter }) => filter)).toEqual([0]);
  });

  it('works on what the filter is now, whatever training made of it meanwhile', async () => {
    const { hands, place, filters } = handsOn(two());
    await hands.change(place, 'negate');
    filters[0] = { weights: [7, 8], bias: 1 };
    await hands.change(place, 'flip-horizontal');
    expect(filters[0]).toEqual({ weights: [8, 7], bias: 1 });
    await hands.undo();
    expect(filters[0]).toEqual({ weights: [7, 8], bias: 1 });
  });

  it('does what is asked for in turn', async () => {
    const { hands, place, filters } = handsOn(two());
    void hands.change(place, 'negate');
    void hands.change(place, 'flip-horizontal');
    expect(hands.isBusy).toBe(true);
    await hands.undo();
    expect(hands.isBusy).toBe(false);
    expect(filters[0]).toEqual({ weights: [-1, -2], bias: -0.5 });
  });

  it('makes one step of a movement of the hand, and writes only the newest of what waits', async () => {
    const { hands, place, filters, written } = handsOn(two());
    const paint = (weights: number[], stroke: string) => hands.paint({ ...place, channel: 0 }, weights, stroke);
    void paint([1, 3], 'drag-1');
    void paint([1, 4], 'drag-1');
    await paint([1, 5], 'drag-1');
    expect(written).toHaveLength(1);
    await paint([1, 6], 'drag-1');
    await paint([9, 6], 'drag-2');
    expect(filters[0]!.weights).toEqual([9, 6]);
    await hands.undo();
    expect(filters[0]!.weights).toEqual([1, 6]);
    await hands.undo();
    expect(filters[0]!.weights).toEqual([1, 2]);
    expect(hands.canUndo).toBe(false);
  });

  it('brings a filter back to what it was before the first change, as one more step', async () => {
    const { hands, place, filters } = handsOn(two());
    await hands.change(place, 'negate');
    await hands.change(place, 'flip-horizontal');
    await hands.restore(place);
    expect(filters[0]).toEqual(two()[0]);
    expect(hands.isTouched('C1', 0)).toBe(false);
    await hands.undo();
    expect(filters[0]).toEqual({ weights: [-2, -1], bias: -0.5 });
  });

  it('leaves no step behind where nothing changes', async () => {
    const { hands, place } = handsOn([{ weights: [0, 0], bias: 0 }, two()[1]!]);
    await hands.change(place, 'mute');
    await hands.swap(place, 0);
    expect(hands.canUndo).toBe(false);
  });

  it('leaves the biases of a layer alone that has one for each unit', async () => {
    const { hands, place, written } = handsOn(two(), [1, 1]);
    await hands.change(place, 'mute');
    expect(written).toEqual([{ filter: 0, bias: undefined }]);
  });

  it('says why something could not be written, and goes on', async () => {
    const { hands, place, refuse, filters } = handsOn(two());
    refuse(new LearnedError('not-finite', 'A weight is a finite number'));
    await hands.change(place, 'mute');
    expect([hands.problem, hands.canUndo, hands.isTouched('C1', 0)]).toEqual(['not-finite', false, false]);
    refuse(null);
    await hands.change(place, 'mute');
    expect(hands.problem).toBeNull();
    expect(filters[0]!.weights).toEqual([0, 0]);
  });

  it('forgets all with the network, what was asked for of the old one too', async () => {
    const { hands, place, filters } = handsOn(two());
    await hands.change(place, 'mute');
    const late = hands.undo();
    hands.forget();
    await late;
    expect(filters[0]!.weights).toEqual([0, 0]);
    expect([hands.canUndo, hands.touched.length]).toEqual([false, 0]);
  });
});
