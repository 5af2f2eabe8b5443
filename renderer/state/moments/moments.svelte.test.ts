import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Moment, WorkerEvent } from '../../../shared/contract.ts';
import { defaultSettings } from '../../../shared/defaults.ts';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { wholeView } from '../../../shared/frame/view.ts';
import { FrameCredits } from '../frame-credits.ts';
import { LearnedError } from '../requests.ts';
import { RunState } from '../run.svelte.ts';
import { WatchState } from '../watch.svelte.ts';
import { Moments } from './moments.svelte.ts';

const moment = (id: number, step: number): Moment => ({
  id,
  step,
  loss: step === 0 ? null : 2 / step,
  accuracy: step === 0 ? null : 0.5,
  testAccuracy: null,
  image: { source: 'test', index: 0 },
});

/** A worker's store that a test speaks for: what is read of it waits until it is let go. */
function atWork() {
  const run = new RunState();
  const watch = new WatchState();
  const sent: Command[] = [];
  const credits = new FrameCredits((frames) => sent.push({ type: 'credit', frames }));
  const { bytes: size } = frameLayout(run.trace);
  const frameOf = (mark: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(mark);
  const reading = new Map<number, { answer: () => void; refuse: (error: unknown) => void }>();
  const reads: number[] = [];
  const learned = {
    readMoment: (id: number) => {
      reads.push(id);
      return new Promise<{ moment: Moment; bytes: Uint8Array<ArrayBuffer> }>((resolve, reject) => {
        const found = moments.list.find((one) => one.id === id);
        reading.set(id, { answer: () => resolve({ moment: found!, bytes: frameOf(id) }), refuse: reject });
      });
    },
    readHistory: () => Promise.reject(new LearnedError('not-kept', 'Nothing is kept')),
  };
  const moments = new Moments({ run, watch, credits, learned, send: (command) => sent.push(command) });
  const say = (event: WorkerEvent): void => moments.receive(event);
  const kept = (added: readonly Moment[], dropped: readonly number[] = []): void =>
    say({ type: 'moments', added, dropped, bytes: 1000 * added.length, budget: 2 ** 28, trouble: null });
  const settle = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    flushSync();
  };
  const answer = async (id: number): Promise<void> => {
    reading.get(id)!.answer();
    await settle();
  };
  const refuse = async (id: number, error: unknown): Promise<void> => {
    reading.get(id)!.refuse(error);
    await settle();
  };
  const live = (step: number): void => {
    credits.received();
    watch.show({ type: 'frame', step, view: wholeView, bytes: frameOf(200) }, run.trace);
  };
  return { run, watch, moments, sent, credits, reads, say, kept, answer, refuse, live, settle };
}

const five = [0, 1, 2, 4, 8].map((step, id) => moment(id, step));

describe('the time machine', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('knows what is kept: what came, by step, without what had to make room', () => {
    const { moments, kept } = atWork();
    kept(five);
    kept([moment(5, 12)], [1, 3]);
    expect(moments.list.map(({ step }) => step)).toEqual([0, 2, 8, 12]);
    expect(moments.budget).toBe(2 ** 28);
  });

  it('shows a moment in place of the live network, and the live network again', async () => {
    const { moments, watch, kept, answer, live } = atWork();
    kept(five);
    live(300);
    moments.show(2);
    expect(moments.shown?.step).toBe(2);
    expect(watch.step).toBe(300);
    await answer(2);
    expect(watch.isReplay).toBe(true);
    expect(watch.frame).toMatchObject({ step: 2, view: wholeView });
    expect(watch.frame?.bytes[0]).toBe(2);
    live(310);
    expect(watch.step).toBe(2);
    moments.live();
    expect(watch).toMatchObject({ isReplay: false, step: 310 });
  });

  it('owes for frames that come behind a moment, and pays when the network is live again', async () => {
    const { moments, sent, credits, kept, answer, live } = atWork();
    credits.open();
    sent.length = 0;
    kept(five);
    moments.show(0);
    await answer(0);
    live(300);
    live(301);
    expect(sent.filter(({ type }) => type === 'credit')).toEqual([]);
    moments.live();
    expect(sent.filter(({ type }) => type === 'credit')).toEqual([{ type: 'credit', frames: 2 }]);
  });

  it('ends at the last of many moments that are asked for while one is on its way', async () => {
    const { moments, watch, reads, kept, answer } = atWork();
    kept(five);
    moments.show(0);
    for (const id of [1, 2, 3, 4]) moments.show(id);
    expect(reads).toEqual([0]);
    await answer(0);
    expect(reads).toEqual([0, 4]);
    expect(moments.isFetching).toBe(true);
    await answer(4);
    expect(watch.step).toBe(8);
    expect(moments.isFetching).toBe(false);
  });

  it('reads a moment from the disk once', async () => {
    const { moments, watch, reads, kept, answer, settle } = atWork();
    kept(five);
    moments.show(0);
    await answer(0);
    moments.show(1);
    await answer(1);
    moments.show(0);
    await settle();
    expect(watch.step).toBe(0);
    expect(reads).toEqual([0, 1]);
  });

  it('does not show a moment that comes after the way back', async () => {
    const { moments, watch, kept, answer, live } = atWork();
    kept(five);
    live(300);
    moments.show(1);
    moments.live();
    await answer(1);
    expect(watch).toMatchObject({ isReplay: false, step: 300 });
    expect(moments.isFetching).toBe(false);
  });

  it('says why a moment could not be shown, and tries again when it is asked for again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { moments, reads, kept, refuse, answer } = atWork();
    kept(five);
    moments.show(1);
    await refuse(1, new LearnedError('no-such-moment', 'It went'));
    expect(moments.problem).toBe('no-such-moment');
    moments.live();
    moments.show(1);
    expect(moments.problem).toBeNull();
    await answer(1);
    expect(reads).toEqual([1, 1]);
  });

  it('goes from moment to moment, and not beyond the first and the last', async () => {
    const { moments, kept, answer } = atWork();
    kept(five);
    moments.move(-1);
    expect(moments.shown?.id).toBe(4);
    await answer(4);
    moments.move(-10);
    expect(moments.shown?.id).toBe(0);
    moments.move(1);
    expect(moments.shown?.id).toBe(1);
    moments.move(99);
    expect(moments.shown?.id).toBe(4);
  });

  it('knows nothing of the label of another image', async () => {
    const { moments, watch, kept, answer } = atWork();
    watch.choose({ source: 'test', index: 3 });
    watch.receive({ type: 'watched', image: { source: 'test', index: 3 }, label: 7 });
    kept(five);
    moments.show(1);
    await answer(1);
    expect(watch.label).toBeNull();
    moments.live();
    expect(watch.label).toBe(7);
  });

  it('goes back to the live network when the moment that is shown goes, or the run', async () => {
    const { moments, watch, kept, answer, live, say } = atWork();
    kept(five);
    live(300);
    moments.show(1);
    await answer(1);
    kept([], [1]);
    expect(moments.shown).toBeNull();
    expect(watch.isReplay).toBe(false);
    moments.show(2);
    say({
      type: 'configured',
      settings: defaultSettings,
      trainImages: 1,
      testImages: 1,
      stepsPerEpoch: 1,
      skipped: [],
    });
    expect(moments.list).toEqual([]);
    expect(moments.shown).toBeNull();
  });

  describe('playing', () => {
    it('goes on by the clock to the last moment, and stops there', async () => {
      const { moments, kept, answer } = atWork();
      kept(five);
      moments.play();
      for (const { id } of five) {
        expect(moments.shown?.id).toBe(id);
        expect(moments.player.isPlaying).toBe(id < 4);
        await answer(id);
        await vi.advanceTimersByTimeAsync(250);
      }
      expect(moments.shown?.id).toBe(4);
      expect(moments.player.isPlaying).toBe(false);
      moments.togglePlaying();
      expect(moments.shown?.id).toBe(0);
    });

    it('passes over what is late: its speed stays', async () => {
      const { moments, kept, answer } = atWork();
      kept(five);
      moments.play();
      await vi.advanceTimersByTimeAsync(500);
      await answer(0);
      await vi.advanceTimersByTimeAsync(250);
      expect(moments.shown?.id).toBe(3);
    });

    it('is as fast as it is told', async () => {
      const { moments, kept, answer } = atWork();
      kept(five);
      moments.player.setSpeed(8);
      moments.play();
      await answer(0);
      await vi.advanceTimersByTimeAsync(1000 / 32 + 1);
      expect(moments.shown?.id).toBe(1);
    });

    it('ends with a step by hand', () => {
      const { moments, kept } = atWork();
      kept(five);
      moments.play();
      moments.move(1);
      expect(moments.player.isPlaying).toBe(false);
    });
  });

  describe('what must not make room', () => {
    const ids = (sent: readonly Command[]) => sent.flatMap((command) => ('ids' in command ? [command.ids] : []));

    it('is what has a bookmark, is shown, or is compared', async () => {
      const { moments, sent, kept } = atWork();
      kept(five);
      moments.toggleBookmark(five[1]);
      moments.show(3);
      moments.compare({ a: 0, b: 4 });
      await vi.advanceTimersByTimeAsync(200);
      expect(ids(sent).at(-1)).toEqual([0, 1, 3, 4]);
      moments.toggleBookmark(five[1]);
      moments.live();
      moments.compare({ a: null, b: null });
      await vi.advanceTimersByTimeAsync(200);
      expect(ids(sent).at(-1)).toEqual([]);
    });

    it('is said once', async () => {
      const { moments, sent, kept } = atWork();
      kept(five);
      moments.show(3);
      moments.toggleBookmark(five[3]);
      await vi.advanceTimersByTimeAsync(1000);
      expect(ids(sent)).toEqual([[3]]);
    });

    it('has its bookmarks by step, with names, and loses those of moments that are gone', () => {
      const { moments, kept } = atWork();
      kept(five);
      moments.toggleBookmark(five[3]);
      moments.toggleBookmark(five[1]);
      moments.bookmarks.rename(3, '  first edges ');
      expect(moments.bookmarks.all).toEqual([
        { id: 1, step: 1, name: '' },
        { id: 3, step: 4, name: 'first edges' },
      ]);
      kept([], [1]);
      expect(moments.bookmarks.all.map(({ id }) => id)).toEqual([3]);
    });

    it('is, without a moment shown, the newest', () => {
      const { moments, kept } = atWork();
      moments.toggleBookmark();
      expect(moments.bookmarks.all).toEqual([]);
      kept(five);
      moments.toggleBookmark();
      expect(moments.bookmarks.all.map(({ id }) => id)).toEqual([4]);
    });
  });

  it('tells a fresh worker how much it may keep, if that was chosen', () => {
    const { moments, sent, say } = atWork();
    const device = {
      type: 'device',
      device: { device: 'cpu', library: '', threads: 1, towers: 1, threading: 'towers', oneDnn: true, gpus: [] },
    } as const;
    say(device);
    expect(sent).toEqual([]);
    moments.setBudget(0);
    say(device);
    expect(sent).toEqual([
      { type: 'keep-moments', bytes: 0 },
      { type: 'keep-moments', bytes: 0 },
    ]);
  });
});
