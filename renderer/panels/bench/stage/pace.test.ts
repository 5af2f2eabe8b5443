import { describe, expect, it } from 'vitest';
import { advanced, type Progress, type Speed, speeds } from './pace.ts';

const start: Progress = { index: 0, counted: null, part: 0 };

/** Plays from the first cell on, a frame at a time. */
function play(speed: Speed, cells: number, terms: number, from = start): Progress[] {
  const seen: Progress[] = [];
  let progress: Progress | null = from;
  while (progress) {
    seen.push(progress);
    progress = advanced(progress, speed, cells, terms, 1 / 60);
    if (seen.length > 1e5) throw new Error('It never ends');
  }
  return seen;
}

describe('the sliding window', () => {
  it.each(speeds)('never goes back, and ends after the last cell, at the speed "%s"', (speed) => {
    const seen = play(speed, 12, 9);
    expect(seen.at(-1)!.index).toBeGreaterThan(speed === 'fastest' ? 7 : 10);
    expect(seen.every(({ index }, i) => i === 0 || index >= seen[i - 1]!.index)).toBe(true);
  });

  it('is faster at each speed than at the one before', () => {
    const frames = speeds.map((speed) => play(speed, 250, 4).length);
    expect(frames).toEqual([...frames].sort((a, b) => b - a));
    expect(new Set(frames).size).toBe(speeds.length);
  });

  it('misses no cell while cells can be followed', () => {
    for (const speed of ['terms', 'slow', 'steady', 'fast'] as const) {
      expect(new Set(play(speed, 30, 4).map(({ index }) => index)).size).toBe(30);
    }
  });

  it('takes a quarter of a minute at most for the largest map', () => {
    expect(play('fastest', 1024 * 1024, 9).length / 60).toBeLessThanOrEqual(15.1);
  });

  it('adds one product after another, then rests on the sum', () => {
    const first = play('terms', 2, 4, { index: 0, counted: 0, part: 0 }).filter(({ index }) => index === 0);
    const counted = first.map((progress) => progress.counted!);
    expect([...new Set(counted)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('takes no longer than ten seconds for a cell, however many products it has', () => {
    const first = play('terms', 2, 363, { index: 0, counted: 0, part: 0 }).filter(({ index }) => index === 0);
    expect(first.length / 60).toBeLessThanOrEqual(10.1);
  });

  it('goes on from the whole sum to the next cell when product by product is chosen half-way', () => {
    const after = advanced({ index: 3, counted: null, part: 0 }, 'terms', 9, 4, 2);
    expect(after).toMatchObject({ index: 4 });
  });
});
