import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command, WorkerEvent } from '../../../shared/contract.ts';
import { defaultSettings } from '../../../shared/defaults.ts';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { wholeView } from '../../../shared/frame/view.ts';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { Session } from '../session.ts';
import { loadTensorFlow } from '../tensorflow.ts';

const { tf, device } = loadTensorFlow('cpu');
const layout = frameLayout(trace(presets['lenet5-textbook']({})));

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'convolens-recorder-'));
  folder = join(parent, 'moments');
});
afterEach(() => rmSync(parent, { recursive: true }));

/** A session with a time machine, and all it says. */
function session(moments: string | null = folder) {
  const events: WorkerEvent[] = [];
  let heard: () => void = () => undefined;
  const worker = new Session(tf, device, { datasets: 'resources/datasets', moments: moments ?? undefined }, (event) => {
    events.push(event);
    heard();
  });
  const said = <T extends WorkerEvent['type']>(type: T) =>
    events.filter((event): event is Extract<WorkerEvent, { type: T }> => event.type === type);
  const tell = async (...commands: Command[]): Promise<void> => {
    for (const command of commands) await worker.handle(command);
  };
  return {
    events,
    said,
    tell,
    idle: () => worker.idle(),
    last: <T extends WorkerEvent['type']>(type: T) => said(type).at(-1),
    /** Trains so many steps, until all is on the disk. */
    train: async (steps: number): Promise<void> => {
      await tell({ type: 'train', limit: { steps } });
      await worker.idle();
    },
    /** The answer to a request. */
    ask: async (command: Extract<Command, { request: number }>) => {
      const answer = () => events.find((event) => 'request' in event && event.request === command.request);
      const answered = new Promise<void>((resolve) => (heard = () => answer() && resolve()));
      await worker.handle(command);
      if (!answer()) await answered;
      return answer()!;
    },
    /** What the window would hold by now. */
    kept: () => {
      const kept = new Map(said('moments').flatMap(({ added }) => added.map((moment) => [moment.id, moment])));
      for (const { dropped } of said('moments')) for (const id of dropped) kept.delete(id);
      return [...kept.values()];
    },
  };
}

const configure: Command = { type: 'configure', settings: defaultSettings };
const watch: Command = { type: 'watch', image: { source: 'test', index: 4 }, view: wholeView };

describe('the time machine', () => {
  it('keeps the early steps, each as it was shown, with what was known then', async () => {
    const { tell, train, ask, kept, last } = session();
    await tell(configure, watch, { type: 'credit', frames: 4 });
    await train(20);
    expect(kept().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 20]);
    expect(kept().every(({ image }) => image.source === 'test' && image.index === 4)).toBe(true);
    expect(kept()[0]).toMatchObject({ id: 0, loss: null, accuracy: null, testAccuracy: null });
    expect(kept()[1]).toMatchObject({ id: 1, testAccuracy: null });
    expect(kept()[1]!.loss).toBeGreaterThan(0);
    // The run's last is kept after its test.
    expect(kept().at(-1)!.testAccuracy).toBe(last('evaluated')!.testAccuracy);
    const moment = await ask({ type: 'read-moment', request: 1, id: kept().at(-1)!.id });
    expect(moment).toMatchObject({ type: 'moment', moment: kept().at(-1) });
    await tell({ type: 'credit', frames: 1 });
    expect(last('frame')!.step).toBe(20);
    expect(moment.type === 'moment' && moment.bytes).toEqual(last('frame')!.bytes);
  });

  it('changes no bit of the training and spends no credit', async () => {
    const recorded = session();
    await recorded.tell(configure, watch);
    await recorded.train(37);
    const plain = session(null);
    await plain.tell(configure);
    await plain.train(37);
    expect(recorded.last('finished')!.weightsSha256).toBe(plain.last('finished')!.weightsSha256);
    expect(recorded.said('frame')).toEqual([]);
    await recorded.tell({ type: 'credit', frames: 1 });
    expect(recorded.said('frame')).toHaveLength(1);
    expect(plain.said('moments')).toEqual([]);
  });

  it('gives the history of a layer, moment after moment', async () => {
    const { tell, train, ask, kept } = session();
    await tell(configure);
    await train(8);
    const part = layout.parts.find(({ layer, part }) => layer === 'C1' && part === 'kernels')!;
    const history = await ask({ type: 'read-history', request: 1, layer: 'C1', part: 'kernels' });
    if (history.type !== 'history') throw new Error(history.type);
    expect(history.moments).toEqual(kept());
    const size = part.planes * part.height * part.width;
    const stride = Math.ceil((part.planes * 8 + size) / 4) * 4;
    expect(history.bytes).toHaveLength(kept().length * stride);
    expect(history.bytes.buffer.byteLength).toBe(history.bytes.length);
    for (const [index, { id }] of kept().entries()) {
      const moment = await ask({ type: 'read-moment', request: 10 + id, id });
      if (moment.type !== 'moment') throw new Error(moment.type);
      const { bytes } = moment;
      expect(bytes.buffer.byteLength).toBe(layout.bytes);
      const one = history.bytes.subarray(index * stride);
      expect(one.subarray(0, part.planes * 8)).toEqual(
        bytes.subarray(part.rangesIndex * 4, part.rangesIndex * 4 + part.planes * 8),
      );
      expect(one.subarray(part.planes * 8, part.planes * 8 + size)).toEqual(
        bytes.subarray(part.valuesOffset, part.valuesOffset + size),
      );
    }
  });

  it('refuses what is not there, by name', async () => {
    const { tell, train, ask } = session();
    const codeOf = async (command: Parameters<typeof ask>[0]) => {
      const answer = await ask(command);
      return answer.type === 'refused' && answer.code;
    };
    expect(await codeOf({ type: 'read-moment', request: 1, id: 0 })).toBe('nothing-configured');
    await tell(configure);
    expect(await codeOf({ type: 'read-moment', request: 2, id: 0 })).toBe('no-such-moment');
    await train(1);
    expect(await codeOf({ type: 'read-moment', request: 3, id: 99 })).toBe('no-such-moment');
    expect(await codeOf({ type: 'read-history', request: 4, layer: 'C9', part: 'maps' })).toBe('unknown-layer');
    expect(await codeOf({ type: 'read-history', request: 5, layer: 'S2', part: 'kernels' })).toBe('not-kept');
  });

  it('begins anew with fresh weights, and never uses an id twice', async () => {
    const { tell, train, idle, kept, last, said } = session();
    await tell(configure);
    await idle();
    expect(last('moments')).toMatchObject({ added: [], dropped: [], bytes: 0, trouble: null });
    await train(3);
    const before = kept().map(({ id }) => id);
    expect(before).toEqual([0, 1, 2, 3]);
    await tell({ type: 'stop' });
    await train(1);
    expect(said('moments').find(({ dropped }) => dropped.length > 0)!.dropped).toEqual(before);
    expect(kept().map(({ id, step }) => [id, step])).toEqual([
      [4, 0],
      [5, 1],
    ]);
    expect(readdirSync(folder).sort()).toEqual(['00000004.safetensors', '00000005.safetensors', 'index.jsonl']);
  });

  it('keeps each step taken by hand, and a step again whose weights were painted over', async () => {
    const { tell, train, idle, kept } = session();
    await tell(configure);
    for (let step = 0; step < 5; step++) await tell({ type: 'step' });
    await idle();
    expect(kept().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    const weights = new Float32Array(25).fill(0.5);
    await tell({ type: 'write-kernel', request: 1, layer: 'C1', filter: 0, channel: 0, weights });
    await train(1);
    expect(kept().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 5, 6]);
  });

  it('keeps nothing where nothing may be kept, until something may', async () => {
    const { tell, train, idle, kept, last } = session();
    await tell({ type: 'keep-moments', bytes: 0 }, configure);
    await train(5);
    expect(kept()).toEqual([]);
    await tell({ type: 'keep-moments', bytes: 100_000 }, { type: 'stop' });
    await train(60);
    expect(kept().length).toBeGreaterThan(3);
    expect(last('moments')).toMatchObject({ budget: 100_000, trouble: null });
    expect(last('moments')!.bytes).toBeLessThanOrEqual(100_000);
    await tell({ type: 'keep-moments', bytes: 0 });
    await idle();
    expect(kept()).toEqual([]);
  });

  it('keeps the bookmarked ones when others make room', async () => {
    const { tell, train, kept, last } = session();
    await tell(configure);
    for (let step = 0; step < 4; step++) await tell({ type: 'step' });
    await tell({ type: 'protect-moments', ids: [1, 2] }, { type: 'keep-moments', bytes: 100_000 });
    await train(200);
    const ids = kept().map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual([0, 1, 2]);
    expect(ids.length).toBeLessThan(7);
    expect(last('moments')!.bytes).toBeLessThanOrEqual(100_000);
    expect(kept().at(-1)!.step).toBe(204);
  });

  it('says why nothing is kept where the folder cannot be used, and trains on', async () => {
    writeFileSync(join(parent, 'file'), '');
    const { tell, train, said, last } = session(join(parent, 'file', 'moments'));
    await tell(configure);
    await train(8);
    expect(last('finished')!.step).toBe(8);
    expect(last('moments')).toMatchObject({
      added: [],
      bytes: 0,
      trouble: expect.stringContaining('ENOTDIR') as string,
    });
    // Once, not for each moment that is lost.
    expect(said('moments').filter(({ trouble }) => trouble !== null)).toHaveLength(1);
    expect(said('failed')).toEqual([]);
  });

  it('is well again when the folder is', async () => {
    writeFileSync(join(parent, 'file'), '');
    const { tell, train, idle, last, kept } = session(join(parent, 'file', 'moments'));
    await tell(configure, { type: 'step' }, { type: 'step' }, { type: 'step' });
    await idle();
    expect(last('moments')!.trouble).not.toBeNull();
    rmSync(join(parent, 'file'));
    mkdirSync(join(parent, 'file'));
    await train(1);
    expect(last('moments')!.trouble).toBeNull();
    expect(kept().map(({ step }) => step)).toEqual([4]);
  });
});
