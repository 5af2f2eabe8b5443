import { describe, expect, it } from 'vitest';
import { wholeView } from '../../shared/frame/view.ts';
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
  return { type: 'frame', step: 12, view: wholeView, bytes } as const;
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
    expect(watch.show({ type: 'frame', step: 1, view: wholeView, bytes: new Uint8Array(8) }, network)).toBe(false);
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

describe('what is wanted of the network', () => {
  const watch = new WatchState();

  it('is all of it, while nobody says otherwise', () => {
    expect(watch.view).toEqual(wholeView);
    expect(watch.want('scene', null)).toBe(false);
  });

  it('is what any part of the window asks for, and asked for anew only when that changes', () => {
    expect(watch.want('scene', ['C3'])).toBe(true);
    expect(watch.view.layers).toEqual(['C3']);
    expect(watch.want('inspector', ['S2', 'C3'])).toBe(true);
    expect(watch.view.layers).toEqual(['C3', 'S2']);
    expect(watch.want('scene', ['S2'])).toBe(false);
    expect(watch.want('inspector', undefined)).toBe(true);
    expect(watch.view.layers).toEqual(['S2']);
  });

  it('is all again as soon as one wants all', () => {
    watch.want('inspector', ['C3']);
    expect(watch.want('scene', null)).toBe(true);
    expect(watch.view.layers).toBeNull();
  });

  it('is all of another network, shown as the one before was', () => {
    watch.view = { ...watch.view, maps: 'gradients' };
    watch.want('scene', ['C3']);
    watch.suit(trace(presets.lenet1()));
    expect(watch.view).toEqual({ ...wholeView, maps: 'gradients' });
  });
});

describe('several watched images', () => {
  it('give way to one where there are not as many', () => {
    const watch = new WatchState();
    watch.choose({ source: 'several', indices: [3, 70] });
    expect(watch.keepWithin(100)).toBe(false);
    expect(watch.keepWithin(60)).toBe(true);
    expect(watch.image).toEqual({ source: 'test', index: 0 });
  });

  it('of another class have another label, which is not known yet', () => {
    const watch = new WatchState();
    watch.choose({ source: 'class', label: 3 });
    watch.receive({ type: 'watched', image: { source: 'class', label: 3 }, label: 3 });
    expect(watch.label).toBe(3);
    watch.choose({ source: 'class', label: 4 });
    expect(watch.label).toBeNull();
  });
});
