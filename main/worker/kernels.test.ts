import { describe, expect, it } from 'vitest';
import type { Command, RunSettings, WorkerEvent } from '../../shared/contract.ts';
import { defaultSettings, settingsFor } from '../../shared/defaults.ts';
import { filterWeights } from '../../shared/network/filter-weights.ts';
import { wholeView } from '../../shared/frame/view.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { initialWeights } from './graph/initialisers.ts';
import { runGraph } from './graph/testing/run-graph.ts';
import { Session } from './session.ts';
import { loadTensorFlow } from './tensorflow.ts';

const { tf, device } = loadTensorFlow('cpu');

type EventOf<Type extends WorkerEvent['type']> = Extract<WorkerEvent, { type: Type }>;

/** A session with this network, and all it says. */
async function configured(settings: RunSettings = defaultSettings) {
  const events: WorkerEvent[] = [];
  let listener: (event: WorkerEvent) => void = () => {};
  const worker = new Session(tf, device, { datasets: 'resources/datasets' }, (event) => {
    events.push(event);
    listener(event);
  });
  const tell = async (...commands: Command[]): Promise<void> => {
    for (const command of commands) await worker.handle(command);
  };
  const last = <Type extends WorkerEvent['type']>(type: Type) =>
    events.findLast((event): event is EventOf<Type> => event.type === type);
  await tell({ type: 'configure', settings });
  return {
    tell,
    events,
    last,
    idle: () => worker.idle(),
    handle: (command: Command) => worker.handle(command),
    onEvent: (call: typeof listener) => (listener = call),
    /** Trains some steps more, to the end of the call. */
    train: async (steps: number): Promise<void> => {
      for (let step = 0; step < steps; step += 1) await tell({ type: 'step' });
    },
    read: async (layer: string): Promise<EventOf<'kernels'>> => {
      await tell({ type: 'read-kernels', request: 7, layer });
      return last('kernels')!;
    },
  };
}

const write = (
  weights: Float32Array<ArrayBuffer>,
  place: { layer?: string; filter?: number; channel?: number | null } = {},
): Command => ({ type: 'write-kernel', request: 8, layer: 'C1', filter: 0, channel: null, ...place, weights });

/** The weights' hash at the end of a run of so many steps more. */
async function hashAfter({ tell, idle, last }: Awaited<ReturnType<typeof configured>>, steps: number) {
  await tell({ type: 'train', limit: { steps } });
  await idle();
  return last('finished')!.weightsSha256;
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('kernels that are read', () => {
  it('are the initialisers’ own numbers, bit for bit', async () => {
    const { read } = await configured();
    const { layers, spec } = trace(presets['lenet5-textbook']({}));
    for (const layer of layers.filter(({ spec: { kind } }) => kind === 'conv')) {
      const { values, ...said } = await read(layer.spec.name);
      const { kernel } = runGraph((math) => {
        const seed = math.graph.integer(defaultSettings.hyperParameters.seed);
        return { kernel: initialWeights(math, layer, spec.initialiser, seed)[0]! };
      });
      expect(values).toEqual(kernel);
      expect(values.buffer.byteLength).toBe(values.byteLength);
      expect(said).toEqual({
        type: 'kernels',
        request: 7,
        layer: layer.spec.name,
        step: 0,
        shape: layer.weights[0]!.shape,
      });
    }
  });

  it('change nothing of the run', async () => {
    const unread = await hashAfter(await configured(), 12);
    const session = await configured();
    for (const step of [1, 2, 3, 4]) {
      await session.train(1);
      for (const layer of ['C1', 'C3']) expect((await session.read(layer)).step).toBe(step);
    }
    expect(await hashAfter(session, 8)).toBe(unread);
  });

  it('are answered while it trains', async () => {
    const { tell, events, read, idle } = await configured();
    await tell({ type: 'train' });
    const phases = () => events.filter((event) => event.type === 'phase').map(({ phase }) => phase);
    expect((await read('C1')).values).toHaveLength(150);
    expect(phases().at(-1)).toBe('training');
    await tell({ type: 'pause' });
    await idle();
  });
});

describe('a kernel that is written', () => {
  it('is read back with the same bits, and no other weight is touched', async () => {
    const session = await configured();
    const { tell, last, read, train } = session;
    await train(3);
    const before = { C1: await read('C1'), C3: await read('C3') };
    const whole = Float32Array.from({ length: 5 * 5 * 6 }, (_, index) => Math.sin(index));
    const one = Float32Array.from({ length: 5 * 5 }, (_, index) => Math.cos(index));
    await tell(write(whole, { layer: 'C3', filter: 2 }), write(one, { layer: 'C3', filter: 5, channel: 4 }));
    expect(last('kernel-written')).toEqual({
      type: 'kernel-written',
      request: 8,
      layer: 'C3',
      filter: 5,
      channel: 4,
      step: 3,
    });
    const { shape, values, step } = await read('C3');
    expect(step).toBe(3);
    expect(filterWeights(values, shape, 2, null)).toEqual(whole);
    expect(filterWeights(values, shape, 5, 4)).toEqual(one);
    const isWritten = (filter: number, channel: number) => filter === 2 || (filter === 5 && channel === 4);
    for (let filter = 0; filter < 16; filter += 1) {
      for (let channel = 0; channel < 6; channel += 1) {
        const [is, was] = [values, before.C3.values].map((all) => filterWeights(all, shape, filter, channel));
        if (isWritten(filter, channel)) expect(is).not.toEqual(was);
        else expect(is).toEqual(was);
      }
    }
    expect((await read('C1')).values).toEqual(before.C1.values);
  });

  it('leaves what the optimiser remembers: with its own weights again, the run is the same bit for bit', async () => {
    const { hyperParameters } = defaultSettings;
    const settings = { ...defaultSettings, hyperParameters: { ...hyperParameters, momentum: 0.9 } };
    settings.hyperParameters.optimiser = 'momentum';
    const unwritten = await hashAfter(await configured(settings), 10);
    const session = await configured(settings);
    await session.train(5);
    const { shape, values } = await session.read('C3');
    for (let filter = 0; filter < 16; filter += 1) {
      await session.tell(write(filterWeights(values, shape, filter, null), { layer: 'C3', filter }));
    }
    expect(await hashAfter(session, 5)).toBe(unwritten);
    const other = await configured(settings);
    await other.train(5);
    await other.tell(write(new Float32Array(25)));
    expect(await hashAfter(other, 5)).not.toBe(unwritten);
  });

  it.each(['ready', 'paused', 'finished'])('is seen in the frame at once where it is %s', async (phase) => {
    const { tell, last, train, idle } = await configured();
    if (phase === 'paused') await train(2);
    if (phase === 'finished') await tell({ type: 'train', limit: { steps: 2 } });
    await idle();
    await tell({ type: 'watch', image: { source: 'test', index: 0 }, view: wholeView }, { type: 'credit', frames: 2 });
    expect(last('phase')?.phase).toBe(phase);
    const { bytes, step } = last('frame')!;
    await tell(write(new Float32Array(25).fill(0.5)));
    expect(last('frame')!.step).toBe(step);
    expect(last('frame')!.bytes).not.toEqual(bytes);
  });

  it('is taken while it trains', async () => {
    const { tell, last, idle } = await configured();
    await tell({ type: 'train' }, write(new Float32Array(25).fill(0.5)));
    expect(last('kernel-written')).toBeDefined();
    expect(last('phase')?.phase).toBe('training');
    await tell({ type: 'pause' });
    await idle();
  });

  it('during a test of all images has it begin again: never are some put to other weights', async () => {
    const { hyperParameters } = defaultSettings;
    const still = { ...defaultSettings, hyperParameters: { ...hyperParameters, learningRate: 0 } };
    const kernel = write(new Float32Array(25).fill(0.5));
    const before = await configured(still);
    await before.tell(kernel, { type: 'train', limit: { steps: 1 } });
    await before.idle();
    const amid = await configured(still);
    // Ten slices follow the step, with a turn of the event loop after each.
    amid.onEvent(({ type }) => {
      if (type === 'stepped') void turns(4).then(() => amid.handle(kernel));
    });
    await amid.tell({ type: 'train', limit: { steps: 1 } });
    await amid.idle();
    const said = amid.events.map(({ type }) => type);
    expect(said.indexOf('kernel-written')).toBeLessThan(said.indexOf('evaluated'));
    expect(said).toContain('kernel-written');
    expect(amid.last('evaluated')).toEqual(before.last('evaluated'));
  });

  it('is gone with fresh weights, which are announced although the run was ready all the time', async () => {
    const { tell, events, read } = await configured();
    const fresh = await read('C1');
    await tell(write(new Float32Array(25)));
    expect((await read('C1')).values).not.toEqual(fresh.values);
    await tell({ type: 'stop' });
    expect(events.at(-1)).toEqual({ type: 'phase', phase: 'ready' });
    expect((await read('C1')).values).toEqual(fresh.values);
  });

  it('keeps the zeros of what a connection table leaves out', async () => {
    const { tell, read, last } = await configured(settingsFor({ preset: 'lenet5-1998', switches: {} }));
    const { spec } = trace(presets['lenet5-1998']({}));
    const c3 = spec.layers.find(({ name }) => name === 'C3');
    const connected = c3?.kind === 'conv' ? c3.connections![0]! : [];
    expect(connected.length).toBeLessThan(6);
    await tell(write(new Float32Array(5 * 5 * 6).fill(1), { layer: 'C3' }));
    const { shape, values } = await read('C3');
    for (let channel = 0; channel < 6; channel += 1) {
      const plane = filterWeights(values, shape, 0, channel);
      expect(new Set(plane)).toEqual(new Set([connected.includes(channel) ? 1 : 0]));
    }
    const left = [0, 1, 2, 3, 4, 5].find((channel) => !connected.includes(channel))!;
    await tell(write(new Float32Array(25), { layer: 'C3', channel: left }));
    expect(last('refused')).toMatchObject({ request: 8, code: 'not-connected' });
  });
});

describe('a test image that is read', () => {
  it('comes with its label and its class, in bytes of its own', async () => {
    const { tell, last } = await configured();
    await tell({ type: 'read-test-image', request: 3, index: 0 });
    const { pixels, ...said } = last('test-image')!;
    expect(said).toEqual({
      type: 'test-image',
      request: 3,
      index: 0,
      shape: [28, 28, 1],
      label: 7,
      className: '7',
      count: 10_000,
    });
    expect(pixels).toHaveLength(784);
    expect(pixels.buffer.byteLength).toBe(784);
    // The frame of the same image begins with the pixels as the network reads them.
    await tell({ type: 'watch', image: { source: 'drawn', pixels }, view: wholeView }, { type: 'credit', frames: 1 });
    const drawn = last('frame')!.bytes;
    await tell({ type: 'watch', image: { source: 'test', index: 0 }, view: wholeView }, { type: 'credit', frames: 1 });
    expect(last('frame')!.bytes).toEqual(drawn);
  });
});

describe('a request that cannot be granted', () => {
  const nine = new Float32Array(9);
  const plane = new Float32Array(25);
  const refused: [string, Command][] = [
    ['unknown-layer', { type: 'read-kernels', request: 4, layer: 'C99' }],
    ['no-kernels', { type: 'read-kernels', request: 4, layer: 'F6' }],
    ['unknown-layer', { ...write(plane, { layer: '' }), request: 4 } as Command],
    ['no-kernels', { ...write(plane, { layer: 'S2' }), request: 4 } as Command],
    ['no-such-filter', { ...write(plane, { filter: 6 }), request: 4 } as Command],
    ['no-such-channel', { ...write(plane, { channel: 1 }), request: 4 } as Command],
    ['wrong-size', { ...write(nine), request: 4 } as Command],
    ['wrong-size', { ...write(plane, { layer: 'C3' }), request: 4 } as Command],
    ['not-finite', { ...write(plane.map((_, index) => (index === 3 ? NaN : 0))), request: 4 } as Command],
    ['not-finite', { ...write(plane.map((_, index) => (index === 24 ? Infinity : 0))), request: 4 } as Command],
    ['no-such-image', { type: 'read-test-image', request: 4, index: 10_000 }],
  ];

  it('is refused with its number and a reason, and all stays as it was', async () => {
    const { tell, events, read, last } = await configured();
    const before = await read('C1');
    for (const [code, command] of refused) {
      const said = events.length;
      await tell(command);
      expect(events.slice(said)).toEqual([
        { type: 'refused', request: 4, code, message: expect.stringMatching(/\w/) as string },
      ]);
    }
    expect((await read('C1')).values).toEqual(before.values);
    expect(last('phase')?.phase).toBe('ready');
  });

  it('is refused where nothing is configured', async () => {
    const events: WorkerEvent[] = [];
    const worker = new Session(tf, device, { datasets: 'no-such-folder' }, (event) => events.push(event));
    await worker.handle({ type: 'read-test-image', request: 1, index: 0 });
    // A network that could not be built answers what was asked of it too.
    void worker.handle({ type: 'configure', settings: defaultSettings });
    await worker.handle({ type: 'read-kernels', request: 2, layer: 'C1' });
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([
      { request: 1, code: 'nothing-configured' },
      { request: 2, code: 'nothing-configured' },
    ]);
  });
});
