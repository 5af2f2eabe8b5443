import { describe, expect, it } from 'vitest';
import type { Command, WatchedImage, WorkerEvent } from '../../shared/contract.ts';
import { defaultSettings } from '../../shared/defaults.ts';
import { frameLayout, rangeOf } from '../../shared/frame/layout.ts';
import { type FrameView, wholeView } from '../../shared/frame/view.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { Session } from './session.ts';
import { loadTensorFlow } from './tensorflow.ts';

const { tf, device } = loadTensorFlow('cpu');
const network = trace(presets['lenet5-textbook']({}));
const test0: WatchedImage = { source: 'test', index: 0 };

/** A session with a network, and all it says. */
async function configured(settings = defaultSettings) {
  const events: WorkerEvent[] = [];
  const worker = new Session(tf, device, { datasets: 'resources/datasets' }, (event) => events.push(event));
  const last = <T extends WorkerEvent['type']>(type: T) =>
    events.findLast((event): event is Extract<WorkerEvent, { type: T }> => event.type === type);
  const tell = async (...commands: Command[]): Promise<void> => {
    for (const command of commands) await worker.handle(command);
  };
  await tell({ type: 'configure', settings });
  return {
    events,
    last,
    tell,
    idle: () => worker.idle(),
    train: async (steps: number): Promise<void> => {
      for (let step = 0; step < steps; step += 1) await tell({ type: 'step' });
    },
    weights: async (layer: string, unit: number | null = null) => {
      await tell({ type: 'read-weights', request: 1, layer, unit });
      return last('weights')!;
    },
    activations: async (image: WatchedImage, layer: string, of: FrameView['maps'] = 'outputs') => {
      await tell({ type: 'read-activations', request: 1, image, layer, of });
      return last('activations')!;
    },
  };
}

describe('reading, looking and scoring', () => {
  const all: Command[] = [
    { type: 'read-weights', request: 1, layer: 'C3', unit: null },
    { type: 'read-weights', request: 2, layer: 'F6', unit: 3 },
    { type: 'read-activations', request: 3, image: test0, layer: 'C3', of: 'sums' },
    { type: 'read-activations', request: 4, image: { source: 'class', label: 3 }, layer: 'input', of: 'outputs' },
    { type: 'watch', image: test0, view: { layers: ['C1'], maps: 'gradients', kernels: 'gradients' } },
    { type: 'credit', frames: 4 },
    { type: 'watch-statistics', isWanted: true },
    { type: 'score', request: 5 },
  ];

  it('change nothing of the run, bit for bit, between steps and during them', async () => {
    const plain = await configured();
    await plain.tell({ type: 'train', limit: { steps: 40 } });
    await plain.idle();
    const busy = await configured();
    await busy.tell(...all);
    await busy.train(4);
    await busy.tell(...all);
    await busy.idle();
    await busy.tell({ type: 'train', limit: { steps: 36 } }, ...all);
    await busy.idle();
    expect(busy.last('finished')?.step).toBe(40);
    expect(busy.last('finished')?.weightsSha256).toBe(plain.last('finished')?.weightsSha256);
    for (const answer of ['weights', 'activations', 'scored', 'frame', 'statistics'] as const) {
      expect(busy.events.filter(({ type }) => type === answer).length, answer).toBeGreaterThanOrEqual(2);
    }
    expect(busy.events.filter(({ type }) => type === 'refused' || type === 'failed')).toEqual([]);
  });

  it('leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { tell, idle } = await configured();
    await tell(...all);
    await idle();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('what is looked at', () => {
  it('may be several images or a class, and what is shown is their mean', async () => {
    const { activations, tell, last } = await configured();
    const several: WatchedImage = { source: 'several', indices: [0, 17, 5] };
    const singles = [];
    for (const index of several.indices) {
      singles.push((await activations({ source: 'test', index }, 'S2')).values);
    }
    const { values } = await activations(several, 'S2');
    for (const [at, value] of values.entries()) {
      expect(value).toBeCloseTo(singles.reduce((sum, each) => sum + each[at]!, 0) / 3, 5);
    }
    await tell({ type: 'watch', image: several, view: wholeView }, { type: 'credit', frames: 1 });
    expect(last('watched')?.label).toBeNull();
    const part = frameLayout(network).parts.find(({ layer }) => layer === 'S2')!;
    const first = values.filter((_, at) => at % part.planes === 0);
    expect(rangeOf(last('frame')!.bytes, part, 0)).toEqual({ min: Math.min(...first), max: Math.max(...first) });
  });

  it('of a class are its first 64 test images', async () => {
    const { activations, tell, last } = await configured();
    const sevens: number[] = [];
    for (let index = 0; sevens.length < 64; index += 1) {
      await tell({ type: 'read-test-image', request: 1, index });
      if (last('test-image')!.label === 7) sevens.push(index);
    }
    const named = await activations({ source: 'several', indices: sevens }, 'output');
    expect((await activations({ source: 'class', label: 7 }, 'output')).values).toEqual(named.values);
    await tell({ type: 'watch', image: { source: 'class', label: 7 }, view: wholeView });
    expect(last('watched')?.label).toBe(7);
  });

  it('is not watched where there is no such image or class', async () => {
    const { tell, events } = await configured();
    await tell({ type: 'credit', frames: 4 });
    for (const image of [
      { source: 'class', label: 10 },
      { source: 'several', indices: [0, 10_000] },
    ] as const) {
      await tell({ type: 'watch', image, view: wholeView });
      await tell({ type: 'read-activations', request: 9, image, layer: 'C1', of: 'outputs' });
    }
    expect(events.filter(({ type }) => type === 'watched' || type === 'frame')).toEqual([]);
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([
      { request: 9, code: 'no-such-image' },
      { request: 9, code: 'no-such-image' },
    ]);
  });

  it('comes with the view that a frame holds, of the length that its layout says', async () => {
    const { tell, last } = await configured();
    const view: FrameView = { layers: ['C3', 'S2'], maps: 'sums', kernels: 'gradients' };
    await tell({ type: 'watch', image: test0, view }, { type: 'credit', frames: 1 });
    expect(last('frame')).toMatchObject({ view });
    expect(last('frame')!.bytes).toHaveLength(frameLayout(network, view).bytes);
  });
});

describe('weights that are read', () => {
  it('are a layer’s tensors, or one unit’s part of them', async () => {
    const { weights, train, last } = await configured();
    await train(2);
    for (const { spec, weights: named } of network.layers) {
      if (named.length === 0) continue;
      const { tensors, step } = await weights(spec.name);
      expect(step).toBe(2);
      expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(named);
      const unit = named[0]!.shape.at(-1)! - 1;
      const part = await weights(spec.name, unit);
      for (const [which, { shape, values }] of tensors.entries()) {
        expect(part.tensors[which]!.shape).toEqual(shape.slice(0, -1));
        expect(part.tensors[which]!.values).toEqual(values.filter((_, at) => at % (unit + 1) === unit));
      }
    }
    expect(last('refused')).toBeUndefined();
  });

  it('are refused with a reason where there are none, or no such unit', async () => {
    const { tell, events } = await configured();
    await tell(
      { type: 'read-weights', request: 1, layer: 'S2', unit: null },
      { type: 'read-weights', request: 2, layer: 'C1', unit: 6 },
      { type: 'read-weights', request: 3, layer: 'C99', unit: null },
      { type: 'read-activations', request: 4, layer: 'C99', of: 'outputs', image: test0 },
    );
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([
      { request: 1, code: 'no-weights' },
      { request: 2, code: 'no-such-unit' },
      { request: 3, code: 'unknown-layer' },
      { request: 4, code: 'unknown-layer' },
    ]);
  });
});

describe('a bias that is written', () => {
  it('is that filter’s alone, and goes with its kernel', async () => {
    const { tell, weights, last } = await configured();
    const before = (await weights('C1')).tensors;
    const kernel = new Float32Array(25).fill(0.5);
    const write = { type: 'write-kernel', request: 4, layer: 'C1', filter: 2, channel: null, weights: kernel } as const;
    await tell({ ...write, bias: 0.25 });
    expect(last('kernel-written')).toBeDefined();
    const after = (await weights('C1')).tensors;
    expect(after[1]!.values).toEqual(before[1]!.values.map((value, filter) => (filter === 2 ? 0.25 : value)));
    expect(after[0]!.values).toEqual(before[0]!.values.map((value, at) => (at % 6 === 2 ? 0.5 : value)));
    await tell({ ...write, bias: NaN });
    expect(last('refused')).toMatchObject({ request: 4, code: 'not-finite' });
  });
});

describe('a score', () => {
  it('is what a test of all images finds, in any phase, and schedules do not see it', async () => {
    const { tell, idle, last, events, train } = await configured();
    await tell({ type: 'score', request: 1 });
    await train(2);
    await tell({ type: 'train', limit: { steps: 30 } }, { type: 'score', request: 2 });
    expect(last('phase')?.phase).toBe('training');
    await idle();
    await tell({ type: 'score', request: 3 });
    await idle();
    const scores = events.filter((event) => event.type === 'scored');
    expect(scores.map(({ request }) => request)).toEqual([1, 2, 3]);
    expect(scores[0]!.step).toBe(0);
    expect(scores[1]!.step).toBeLessThan(32);
    const { testLoss, testAccuracy, top5Error, testImages, step } = last('evaluated')!;
    expect(scores[2]).toMatchObject({ testLoss, testAccuracy, top5Error, testImages, step });
    expect(events.filter(({ type }) => type === 'evaluated')).toHaveLength(1);
  });

  it('is refused where another network comes meanwhile', async () => {
    const { tell, idle, last, events } = await configured();
    await tell({ type: 'score', request: 7 }, { type: 'configure', settings: defaultSettings });
    await idle();
    expect(last('refused')).toMatchObject({ request: 7, code: 'nothing-configured' });
    expect(events.filter(({ type }) => type === 'scored')).toEqual([]);
  });
});

describe('a frozen layer', () => {
  it('stays from the next step on while others learn, also after a stop, and not in another network', async () => {
    const { tell, train, weights } = await configured();
    const of = async (layer: string) => (await weights(layer)).tensors.map(({ values }) => values);
    await train(2);
    const before = [await of('C3'), await of('F6')];
    await tell({ type: 'freeze', layers: ['C3'] });
    await train(3);
    expect(await of('C3')).toEqual(before[0]);
    expect(await of('F6')).not.toEqual(before[1]);
    await tell({ type: 'stop' });
    const fresh = await of('C3');
    await train(1);
    expect(await of('C3')).toEqual(fresh);
    await tell({ type: 'configure', settings: defaultSettings });
    await train(1);
    expect(await of('C3')).not.toEqual(fresh);
  });
});
