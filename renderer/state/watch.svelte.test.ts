import { describe, expect, it } from 'vitest';
import { frameLayout } from '../../shared/frame/layout.ts';
import { lenet5Textbook, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { WatchState } from './watch.svelte.ts';

const network = trace(lenet5Textbook());
const layout = frameLayout(network);

/** A frame whose class scores lie between 0 and `max`. */
function frame(scores: readonly number[], max: number) {
  const bytes = new Uint8Array(layout.bytes);
  const part = layout.parts[layout.parts.length - 1]!;
  new Float32Array(bytes.buffer, 0, layout.planes * 2).set([0, max], part.rangesIndex);
  bytes.set(
    scores.map((score) => Math.round((score / max) * 255)),
    part.valuesOffset,
  );
  return { type: 'frame', step: 12, bytes } as const;
}

describe('the watched image', () => {
  it('is guessed to be the most probable class', () => {
    const watch = new WatchState();
    expect(watch.guess).toBeNull();
    expect(watch.show(frame([0, 0, 0.1, 0, 0, 0, 0, 0.8, 0.1, 0], 0.8), network)).toBe(true);
    expect(watch.guess?.digit).toBe(7);
    expect(watch.guess?.probability).toBeCloseTo(0.8, 5);
    expect(watch.step).toBe(12);
  });

  it('shows no frame of another network', () => {
    const watch = new WatchState();
    expect(watch.show({ type: 'frame', step: 1, bytes: new Uint8Array(8) }, network)).toBe(false);
    expect(watch.frame).toBeNull();
  });

  it('has the label that the worker names, and none for a drawing', () => {
    const watch = new WatchState();
    watch.receive({ type: 'watched', image: { source: 'test', index: 0 }, label: 7 });
    expect(watch.label).toBe(7);
    watch.choose({ source: 'drawn', pixels: new Uint8Array(784) });
    expect(watch.label).toBeNull();
    watch.receive({ type: 'watched', image: { source: 'test', index: 0 }, label: 7 });
    expect(watch.label).toBeNull();
  });

  it('forgets what a network said when another comes, but not when only its settings change', () => {
    const watch = new WatchState();
    watch.show(frame([0, 0, 0.1, 0, 0, 0, 0, 0.8, 0.1, 0], 0.8), network);
    watch.suit(trace(lenet5Textbook({ activation: 'relu' })));
    expect(watch.guess?.digit).toBe(7);
    watch.suit(trace(presets.lenet1()));
    expect([watch.frame, watch.guess]).toEqual([null, null]);
  });
});
