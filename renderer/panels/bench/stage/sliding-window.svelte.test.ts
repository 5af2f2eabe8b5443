import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Size } from '../../../colours/fitted.ts';
import { Bench } from '../../../state/bench/bench.svelte.ts';
import { SlidingWindow } from './sliding-window.svelte.ts';

const never = () => Promise.reject(new Error('Nothing is computed here'));

/** Frames of an animation, one after another. */
let frames: ((now: number) => void)[];
let now: number;
function pass(seconds: number): void {
  for (let left = seconds; left > 1e-9; left -= 0.05) {
    now += Math.min(left, 0.05) * 1000;
    for (const frame of frames.splice(0)) frame(now);
  }
}

let bench: Bench;
let output: Size | null;
let sliding: SlidingWindow;
beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal('requestAnimationFrame', (frame: (now: number) => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  bench = new Bench(
    { compute: never, measure: never, giveUpMeasuring: () => undefined },
    { decode: never, loadSample: never, openCamera: never },
  );
  output = { height: 3, width: 4 };
  sliding = new SlidingWindow(bench, { output: () => output, terms: () => 9 });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the window', () => {
  it('is over the middle until a cell is chosen', () => {
    expect(sliding.cell).toEqual({ row: 1, column: 2 });
    expect(bench.view.cell).toBeNull();
  });

  it('stays on the output', () => {
    sliding.goTo({ row: 9, column: -3 });
    expect(bench.view.cell).toEqual({ of: 'map', row: 2, column: 0 });
    bench.look({ cell: { of: 'map', row: 99, column: 99 } });
    expect(sliding.cell).toEqual({ row: 2, column: 3 });
  });

  it('steps in reading order, and no further than both ends', () => {
    sliding.seek(3);
    sliding.step(1);
    expect(bench.view.cell).toEqual({ of: 'map', row: 1, column: 0 });
    sliding.step(-1);
    expect(sliding.index).toBe(3);
    sliding.seek(11);
    sliding.step(1);
    expect(sliding.index).toBe(11);
    sliding.seek(0);
    sliding.step(-1);
    expect(sliding.index).toBe(0);
  });

  it('steps product by product at that speed, and on to the next cell', () => {
    sliding.setSpeed('terms');
    sliding.seek(5);
    sliding.step(1);
    expect([sliding.index, sliding.counted]).toEqual([6, 1]);
    for (let i = 0; i < 8; i++) sliding.step(1);
    expect([sliding.index, sliding.counted]).toEqual([6, 9]);
    sliding.step(-1);
    expect([sliding.index, sliding.counted]).toEqual([6, 8]);
  });

  it('knows nothing of a sum once another cell is looked at', () => {
    sliding.setSpeed('terms');
    sliding.seek(5);
    sliding.step(1);
    bench.look({ cell: { of: 'map', row: 0, column: 0 } });
    expect(sliding.counted).toBeNull();
  });

  it('plays from the first cell to the last, then shows the whole output', () => {
    sliding.play();
    expect([sliding.index, sliding.isPlaying, sliding.isFilling]).toEqual([0, true, true]);
    pass(1);
    expect(sliding.index).toBe(1);
    pass(8);
    expect([sliding.index, sliding.isPlaying, sliding.isFilling]).toEqual([11, false, false]);
  });

  it('plays on from a chosen cell, and from the first again after the last', () => {
    sliding.seek(7);
    sliding.play();
    expect(sliding.index).toBe(7);
    sliding.stop();
    sliding.seek(11);
    sliding.play();
    expect(sliding.index).toBe(0);
  });

  it('pauses where it is, and keeps what it has filled', () => {
    sliding.setSpeed('steady');
    sliding.play();
    pass(0.5);
    sliding.toggle();
    expect([sliding.isPlaying, sliding.isFilling]).toEqual([false, true]);
    const { index } = sliding;
    pass(2);
    expect(sliding.index).toBe(index);
  });

  it('does not leap after a pause of the machine', () => {
    sliding.setSpeed('steady');
    sliding.play();
    now += 60_000;
    for (const frame of frames.splice(0)) frame(now);
    expect(sliding.index).toBeLessThanOrEqual(1);
  });

  it('does not play where there is no output', () => {
    output = null;
    sliding = new SlidingWindow(bench, { output: () => output, terms: () => 9 });
    sliding.play();
    sliding.step(1);
    expect([sliding.cell, sliding.cells, sliding.isPlaying]).toEqual([null, 0, false]);
  });

  it('ends its play when it goes over to another output', () => {
    sliding.play();
    sliding.choose('left');
    expect([sliding.of, sliding.isPlaying, sliding.isFilling]).toEqual(['left', false, false]);
  });
});
