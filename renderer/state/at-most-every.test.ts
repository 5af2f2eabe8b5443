import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atMostEvery } from './at-most-every.ts';

describe('at most every', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('acts at once, and once more for any number of calls in between', () => {
    const action = vi.fn();
    const ask = atMostEvery(250, action);
    for (let i = 0; i < 100; i++) ask();
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(250);
    expect(action).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('gives up what waits when it is cancelled', () => {
    const action = vi.fn();
    const ask = atMostEvery(250, action);
    ask();
    ask();
    ask.cancel();
    vi.advanceTimersByTime(1000);
    expect(action).toHaveBeenCalledTimes(1);
  });
});
