import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SaveAnswer } from '../../../shared/contract.ts';
import { NoEncoder } from '../../films/encode-film.ts';
import { LearnedError } from '../../state/requests.ts';
import { Saving } from './saving.svelte.ts';
import { TrainingMovedOn } from './tensors.ts';

function saving(answer: SaveAnswer = { outcome: 'saved', file: 'a.npy' }) {
  const bridge = { saveFile: vi.fn(() => Promise.resolve(answer)), showSavedFile: vi.fn(() => Promise.resolve()) };
  return { bridge, saving: new Saving(bridge) };
}
const bytes = Uint8Array.of(1, 2, 3);

describe('saving a file that takes a while', () => {
  afterEach(() => vi.restoreAllMocks());

  it('says how far it is, hands it over and says where it went', async () => {
    const { saving: one, bridge } = saving();
    const seen: (number | null)[] = [];
    await one.save('a.npy', (progress) => {
      for (const share of [0.25, 0.5]) {
        expect(progress(share)).toBe(true);
        seen.push(one.progress);
      }
      return Promise.resolve(bytes);
    });
    expect(seen).toEqual([0.25, 0.5]);
    expect(bridge.saveFile).toHaveBeenCalledWith('a.npy', bytes);
    expect(one.note).toEqual({ code: 'saved', file: 'a.npy' });
    expect(one.progress).toBeNull();
  });

  it('hands nothing over once it is cancelled', async () => {
    const { saving: one, bridge } = saving();
    await one.save('a.npy', (progress) => {
      one.cancel();
      expect(progress(0.5)).toBe(false);
      return Promise.resolve(null);
    });
    await one.save('a.npy', () => {
      one.cancel();
      return Promise.resolve(bytes);
    });
    expect(bridge.saveFile).not.toHaveBeenCalled();
    expect(one).toMatchObject({ note: null, problem: null, progress: null });
  });

  it('makes one file at a time', async () => {
    const { saving: one, bridge } = saving();
    let finish: (file: Uint8Array) => void = () => {};
    const first = one.save('a.npy', () => new Promise<Uint8Array>((resolve) => (finish = resolve)));
    expect(await one.save('b.npy', () => Promise.resolve(bytes))).toBe(false);
    finish(bytes);
    expect(await first).toBe(true);
    expect(bridge.saveFile).toHaveBeenCalledTimes(1);
  });

  it.each([
    [new NoEncoder('None'), 'no-encoder'],
    [new TrainingMovedOn('It did'), 'moved-on'],
    [new LearnedError('too-large', 'Too much'), 'too-large'],
    [new LearnedError('not-kept', 'Not there'), 'no-moments'],
    [new LearnedError('worker-gone', 'It is gone'), 'worker'],
    [new Error('What?'), 'unknown'],
  ] as const)('says what is wrong: %s', async (error, problem) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { saving: one } = saving();
    await one.save('a.npy', () => Promise.reject(error));
    expect(one).toMatchObject({ problem, progress: null });
  });

  it('says when the disk refused', async () => {
    const { saving: one } = saving({ outcome: 'failed', file: 'a.npy', reason: 'no-space' });
    await one.save('a.npy', () => Promise.resolve(bytes));
    expect(one.note).toEqual({ code: 'not-saved', file: 'a.npy', reason: 'no-space' });
  });
});
