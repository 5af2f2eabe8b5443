import { describe, expect, it } from 'vitest';
import { MomentCache } from './moment-cache.ts';

function cache(capacity: number) {
  const reads: number[] = [];
  const held = new MomentCache((id) => {
    reads.push(id);
    const image = { source: 'drawn' } as const;
    const moment = { id, step: id, loss: null, accuracy: null, testAccuracy: null, image };
    return id < 0 ? Promise.reject(new Error('It is gone')) : Promise.resolve({ moment, bytes: new Uint8Array(10) });
  }, capacity);
  return { held, reads };
}

describe('moments held in memory', () => {
  it('are as many as there is room for: the one used longest ago goes first', async () => {
    const { held, reads } = cache(30);
    for (const id of [1, 2, 3]) await held.get(id);
    await held.get(1);
    await held.get(4);
    expect(held.bytes).toBe(30);
    await held.get(1);
    expect(reads).toEqual([1, 2, 3, 4]);
    await held.get(2);
    expect(reads).toEqual([1, 2, 3, 4, 2]);
  });

  it('are one at least', async () => {
    const { held } = cache(5);
    await held.get(1);
    await held.get(2);
    expect(held.bytes).toBe(10);
  });

  it('are read once by two who ask at once, and again after a failure', async () => {
    const { held, reads } = cache(30);
    await Promise.all([held.get(1), held.get(1)]);
    expect(reads).toEqual([1]);
    await expect(held.get(-1)).rejects.toThrow('It is gone');
    await expect(held.get(-1)).rejects.toThrow('It is gone');
    expect(reads).toEqual([1, -1, -1]);
  });

  it('are none after they were forgotten', async () => {
    const { held, reads } = cache(30);
    await held.get(1);
    held.clear();
    expect(held.bytes).toBe(0);
    await held.get(1);
    expect(reads).toEqual([1, 1]);
  });
});
