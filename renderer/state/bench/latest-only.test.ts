import { describe, expect, it } from 'vitest';
import { LatestOnly } from './latest-only.ts';

/** A job that ends when it is told to. */
function heldJob() {
  const ends: (() => void)[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const job = () =>
    new Promise<void>((resolve) => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      ends.push(() => {
        running -= 1;
        resolve();
      });
    });
  const settle = async () => {
    ends[ends.length - 1]!();
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { job, settle, runs: () => ends.length, mostAtOnce: () => mostAtOnce };
}

describe('latest only', () => {
  it('runs one job at a time, and once more for any number of asks in between', async () => {
    const { job, settle, runs, mostAtOnce } = heldJob();
    const work = new LatestOnly(job);
    for (let i = 0; i < 100; i++) work.ask();
    expect(runs()).toBe(1);
    await settle();
    expect(runs()).toBe(2);
    await settle();
    expect(runs()).toBe(2);
    expect(work.isRunning).toBe(false);
    work.ask();
    expect(runs()).toBe(3);
    expect(mostAtOnce()).toBe(1);
  });
});
