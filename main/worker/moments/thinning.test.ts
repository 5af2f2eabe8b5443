import { describe, expect, it } from 'vitest';
import { Dice } from '../../../shared/random/testing/dice.ts';
import { momentsToDrop, type Taking } from './thinning.ts';

const nobody: (id: number) => boolean = () => false;

/** What is left of a run that keeps a moment every so many steps, thinned as it goes. */
function recorded(steps: number, every: number, count: number, isKept = nobody): Taking[] {
  let left: Taking[] = [];
  for (let step = 0, id = 0; step <= steps; step += every, id += 1) {
    left.push({ id, step, bytes: 10 });
    const { ids, isEnough } = momentsToDrop(left, { bytes: Infinity, count }, isKept);
    expect(isEnough).toBe(true);
    left = left.filter((moment) => !ids.includes(moment.id));
  }
  return left;
}

describe('thinning', () => {
  it('drops nothing while there is room', () => {
    const moments = [0, 1, 2].map((step) => ({ id: step, step, bytes: 100 }));
    expect(momentsToDrop(moments, { bytes: 300, count: 3 }, nobody)).toEqual({ ids: [], isEnough: true });
  });

  it('keeps within its bounds, and the first, the last and the kept ones, whatever comes', () => {
    const dice = new Dice(3);
    for (let run = 0; run < 300; run++) {
      let step = 0;
      const moments = Array.from({ length: dice.whole(1, 40) }, (_, id) => {
        step += dice.whole(0, 50);
        return { id, step, bytes: dice.whole(1, 100) };
      });
      const isKept = (id: number): boolean => id % 7 === run % 7;
      const room = { bytes: dice.whole(50, 1500), count: dice.whole(2, 40) };
      const { ids, isEnough } = momentsToDrop(moments, room, isKept);
      const left = moments.filter(({ id }) => !ids.includes(id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(left[0]).toBe(moments[0]);
      expect(left.at(-1)).toBe(moments.at(-1));
      expect(ids.some(isKept)).toBe(false);
      const bytes = left.reduce((sum, moment) => sum + moment.bytes, 0);
      const fits = bytes <= room.bytes && left.length <= room.count;
      expect(fits).toBe(isEnough);
      // Where it is not enough, all that may go has gone.
      if (!isEnough) expect(left.slice(1, -1).every(({ id }) => isKept(id))).toBe(true);
      // And not one too many.
      const last = moments.find(({ id }) => id === ids.at(-1));
      if (last) expect(bytes + last.bytes > room.bytes || left.length + 1 > room.count).toBe(true);
    }
  });

  it('leaves gaps that grow with the steps, and none that is out of line', () => {
    const left = recorded(30_000, 10, 200);
    expect(left).toHaveLength(200);
    const gaps = left.slice(1).map(({ step }, index) => step - left[index]!.step);
    const mean = (from: number, to: number): number =>
      gaps.slice(from, to).reduce((sum, gap) => sum + gap, 0) / (to - from);
    const fifths = [0, 1, 2, 3, 4].map((fifth) => mean(fifth * 39, fifth * 39 + 39));
    expect(fifths).toEqual([...fifths].sort((a, b) => a - b));
    expect(fifths[4]! / fifths[0]!).toBeGreaterThan(4);
    for (const [index, gap] of gaps.entries()) {
      if (index > 0) expect(gap).toBeLessThanOrEqual(3 * Math.max(10, gaps[index - 1]!));
    }
  });

  it('never drops what is kept, though others go around it', () => {
    const bookmarked = new Set([101, 102, 103, 999]);
    const left = recorded(20_000, 10, 60, (id) => bookmarked.has(id));
    for (const id of bookmarked) expect(left.map((moment) => moment.id)).toContain(id);
  });

  it('drops the older of two at the same step', () => {
    const moments = [0, 5, 5, 9].map((step, id) => ({ id, step, bytes: 1 }));
    expect(momentsToDrop(moments, { bytes: 3, count: 9 }, nobody).ids).toHaveLength(1);
    expect(
      momentsToDrop(
        Array.from({ length: 4 }, (_, id) => ({ id, step: 0, bytes: 1 })),
        { bytes: 2, count: 9 },
        nobody,
      ),
    ).toEqual({
      ids: [1, 2],
      isEnough: true,
    });
  });
});
