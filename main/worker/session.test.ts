import { describe, expect, it } from 'vitest';
import type { Command, WorkerEvent } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/defaults.ts';
import { frameLayout, planeOf, rangeOf, valueFromByte } from '../../shared/frame/layout.ts';
import { wholeView } from '../../shared/frame/view.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { Session } from './session.ts';
import { loadTensorFlow } from './tensorflow.ts';

const { tf, device } = loadTensorFlow('cpu');
const network = trace(presets['lenet5-textbook']({}));
const layout = frameLayout(network);

/** A session and all it says. */
function session(datasets = 'resources/datasets') {
  const events: WorkerEvent[] = [];
  const worker = new Session(tf, device, { datasets }, (event) => events.push(event));
  return {
    events,
    idle: () => worker.idle(),
    tell: async (...commands: Command[]): Promise<void> => {
      for (const command of commands) await worker.handle(command);
    },
    last: <T extends WorkerEvent['type']>(type: T) =>
      events.findLast((event): event is Extract<WorkerEvent, { type: T }> => event.type === type),
  };
}

const configure: Command = { type: 'configure', settings: defaultSettings };
const watch: Command = { type: 'watch', image: { source: 'test', index: 0 }, view: wholeView };

describe('a session', () => {
  it('gives the same weights bit for bit, many steps a call or one, watched or not', async () => {
    const plain = session();
    await plain.tell(configure, { type: 'train', limit: { steps: 20 } });
    await plain.idle();
    const watched = session();
    await watched.tell(configure, watch);
    for (let step = 0; step < 19; step++) await watched.tell({ type: 'credit', frames: 1 }, { type: 'step' });
    await watched.tell({ type: 'train', limit: { steps: 1 } });
    await watched.idle();
    expect(plain.last('finished')?.step).toBe(20);
    expect(watched.last('finished')?.weightsSha256).toBe(plain.last('finished')?.weightsSha256);
  });

  it('sends a frame for a credit, and none without', async () => {
    const { tell, events, last } = session();
    await tell(configure, watch);
    expect(last('watched')?.label).toBe(7);
    expect(last('frame')).toBeUndefined();
    await tell({ type: 'credit', frames: 1 });
    expect(last('frame')?.step).toBe(0);
    await tell({ type: 'step' });
    expect(events.filter(({ type }) => type === 'frame')).toHaveLength(1);
    await tell({ type: 'credit', frames: 1 });
    expect(last('frame')?.step).toBe(1);
  });

  it('packs the image it was given and scores that add up to one', async () => {
    const pixels = Uint8Array.from({ length: 784 }, (_, index) => index % 256);
    const { tell, last } = session();
    await tell(
      configure,
      { type: 'watch', image: { source: 'drawn', pixels }, view: wholeView },
      { type: 'credit', frames: 1 },
    );
    const { bytes } = last('frame')!;
    expect(bytes).toHaveLength(layout.bytes);
    expect(bytes.buffer.byteLength).toBe(layout.bytes);
    const [input] = layout.parts;
    expect([...planeOf(bytes, input!, 0)]).toEqual([...pixels]);
    const scores = layout.parts.at(-1)!;
    const sum = [...planeOf(bytes, scores, 0)].reduce(
      (a, byte) => a + valueFromByte(byte, rangeOf(bytes, scores, 0)),
      0,
    );
    expect(sum).toBeCloseTo(1, 1);
  });

  it('goes back to fresh weights on stop', async () => {
    const { tell, last } = session();
    await tell(configure, watch, { type: 'credit', frames: 1 });
    const fresh = last('frame')!.bytes;
    await tell({ type: 'step' }, { type: 'credit', frames: 1 });
    expect(last('frame')!.bytes).not.toEqual(fresh);
    await tell({ type: 'stop' }, { type: 'credit', frames: 1 });
    expect(last('frame')).toMatchObject({ step: 0, bytes: fresh });
    expect(last('phase')?.phase).toBe('ready');
  });

  it('pauses, and goes on where it was', async () => {
    const { tell, last, idle } = session();
    await tell(configure, { type: 'train' }, { type: 'pause' });
    await idle();
    expect(last('phase')?.phase).toBe('paused');
    expect(last('finished')).toBeUndefined();
    const paused = last('stepped')?.step ?? 0;
    await tell({ type: 'train', limit: { steps: 2 } });
    await idle();
    expect(last('finished')?.step).toBe(paused + 2);
  });

  it('says which file is missing', async () => {
    const { tell, last } = session('no-such-folder');
    await tell(configure);
    expect(last('failed')).toMatchObject({ code: 'dataset-missing' });
    expect(last('failed')?.subject).toContain('train-images-idx3-ubyte');
    expect(last('phase')?.phase).toBe('empty');
  });

  it('takes a new learning rate between steps, without building the network again', async () => {
    const { tell, idle, events, last } = session();
    await tell(configure, { type: 'train', limit: { steps: 3 } });
    await idle();
    const moved = last('finished')?.weightsSha256;
    await tell(
      { type: 'stop' },
      { type: 'adjust', change: { learningRate: 0 } },
      { type: 'train', limit: { steps: 1 } },
    );
    await idle();
    const unmoved = last('finished')?.weightsSha256;
    await tell({ type: 'stop' }, { type: 'train', limit: { steps: 4 } });
    await idle();
    expect(last('finished')?.weightsSha256).toBe(unmoved);
    expect(unmoved).not.toBe(moved);
    expect(events.filter(({ type }) => type === 'configured')).toHaveLength(1);
  });

  it('says how the layers stand when asked, and changes nothing by it', async () => {
    const { tell, idle, events, last } = session();
    await tell(configure, { type: 'train', limit: { steps: 3 } });
    await idle();
    const unasked = last('finished')?.weightsSha256;
    expect(last('statistics')).toBeUndefined();
    await tell({ type: 'stop' }, { type: 'watch-statistics', isWanted: true }, { type: 'train', limit: { steps: 3 } });
    await idle();
    const { layers } = last('statistics')!;
    expect(layers.map(({ layer }) => layer)).toEqual(network.layers.map(({ spec }) => spec.name));
    for (const { weights, variance } of layers) {
      expect(variance).toBeGreaterThan(0);
      for (const { gradientNorm } of weights) expect(gradientNorm).toBeGreaterThan(0);
    }
    expect(last('finished')?.weightsSha256).toBe(unasked);
    const said = events.filter(({ type }) => type === 'statistics').length;
    await tell({ type: 'watch-statistics', isWanted: false }, { type: 'stop' });
    expect(events.filter(({ type }) => type === 'statistics')).toHaveLength(said);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { tell, idle } = session();
    await tell(configure, watch, { type: 'credit', frames: 4 }, { type: 'train', limit: { steps: 30 } });
    await idle();
    expect(tf.memory().numTensors).toBe(before);
  });
});
