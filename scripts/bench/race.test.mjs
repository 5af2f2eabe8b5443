import { expect, it } from 'vitest';
import { race } from './race.mjs';
import { median, rounded } from './statistics.mjs';

/**
 * @param {string} name
 * @param {string[]} diary
 * @param {number[]} speeds images a second, a turn each
 * @returns {import('./race.mjs').Contender}
 */
function contender(name, diary, speeds) {
  let turn = 0;
  return {
    name,
    pid: process.pid,
    run: async (seconds) => {
      diary.push(name);
      const speed = speeds[turn % speeds.length] ?? 0;
      turn += 1;
      return { images: speed * seconds, seconds };
    },
    close: async () => {},
  };
}

it('lets the contenders take turns, and compares their medians', async () => {
  /** @type {string[]} */
  const diary = [];
  const contenders = [contender('hare', diary, [100, 900, 300]), contender('tortoise', diary, [10])];
  const results = await race(contenders, { only: undefined, rounds: 1, seconds: 1, minutes: 1, say: () => {} });
  expect(diary.slice(0, 2)).toEqual(['hare', 'tortoise']);
  expect(diary.filter((name) => name === 'hare')).toHaveLength(diary.length / 2);
  expect([100, 300, 900]).toContain(results['hare'].imagesPerSecond);
  expect(results['tortoise'].imagesPerSecond).toBe(10);
});

it('takes the middle of odd and the mean of the two middles of even many', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow('no median');
});

it('rounds to significant digits', () => {
  expect([rounded(22_812), rounded(4.2571), rounded(0.91666)]).toEqual([22_800, 4.26, 0.917]);
});
