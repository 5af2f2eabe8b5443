import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BenchImage, BenchResult } from '../../../shared/bench/compute.ts';
import { initialExperiment } from '../../../shared/bench/initial.ts';
import type { ByteImage } from '../../../shared/dataset/resize.ts';
import { CameraError, type CameraListener } from '../../images/camera-stream.ts';
import { ImageRefusal } from '../../images/image-refusal.ts';
import type { Sensitivity, Setting } from '../../workers/bench-messages.ts';
import { Bench, leisureMillis } from './bench.svelte.ts';
import type { Computer } from './computer.ts';

/** A computer that a test speaks for. */
class FakeComputer implements Computer {
  readonly asked: { setting: Setting; image: BenchImage }[] = [];
  measured = 0;
  givenUp = 0;
  #open: { resolve: (result: BenchResult) => void; reject: (error: Error) => void } | null = null;
  #measuring: ((sensitivity: Sensitivity | null) => void) | null = null;

  compute(setting: Setting, image: BenchImage): Promise<BenchResult> {
    if (this.#open) throw new Error('Two at once');
    this.asked.push({ setting, image });
    return new Promise((resolve, reject) => (this.#open = { resolve, reject }));
  }
  measure(): Promise<Sensitivity | null> {
    this.measured += 1;
    return new Promise((resolve) => (this.#measuring = resolve));
  }
  giveUpMeasuring(): void {
    if (this.#measuring) this.givenUp += 1;
    this.#measuring?.(null);
    this.#measuring = null;
  }
  async answer(result: BenchResult): Promise<void> {
    const open = this.#open;
    this.#open = null;
    open?.resolve(result);
    await settled();
  }
  async fail(message: string): Promise<void> {
    const open = this.#open;
    this.#open = null;
    open?.reject(new Error(message));
    await settled();
  }
  async say(sensitivity: Sensitivity): Promise<void> {
    this.#measuring?.(sensitivity);
    this.#measuring = null;
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

const resultNamed = (name: string) => ({ name, maps: [], problems: [] }) as unknown as BenchResult;
const grey = (value: number, side = 2): ByteImage => ({
  height: side,
  width: side,
  channels: 1,
  pixels: new Uint8Array(side * side).fill(value),
});
const samples: Record<string, ByteImage> = { boats: grey(51), cat: grey(102) };

function benchWith(pictures: Partial<ConstructorParameters<typeof Bench>[1]> = {}) {
  const computer = new FakeComputer();
  const bench = new Bench(computer, {
    decode: (_blob, name) => Promise.reject(new ImageRefusal({ code: 'not-an-image', subject: name })),
    loadSample: (id) => Promise.resolve(samples[id]!),
    openCamera: () => Promise.reject(new CameraError('missing', '')),
    ...pictures,
  });
  return { bench, computer };
}

async function startedBench(pictures = {}) {
  const { bench, computer } = benchWith(pictures);
  bench.start();
  await settled();
  await computer.answer(resultNamed('first'));
  return { bench, computer };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the experiment', () => {
  it('is replaced with each edit, and what an edit does not name stays', () => {
    const { bench } = benchWith();
    const before = bench.experiment;
    bench.editOperation({ stride: 2 });
    expect(bench.experiment.operation).toEqual({ ...before.operation, stride: 2 });
    expect(bench.experiment.kernels).toBe(before.kernels);
    expect(before.operation.stride).toBe(1);
  });

  it('is taken back and done again', () => {
    const { bench } = benchWith();
    expect([bench.canUndo, bench.canRedo]).toEqual([false, false]);
    bench.editOperation({ stride: 2 });
    bench.editPooling({ size: 4 });
    expect([bench.canUndo, bench.canRedo]).toEqual([true, false]);
    bench.undo();
    expect(bench.experiment.pooling.size).toBe(3);
    expect(bench.experiment.operation.stride).toBe(2);
    bench.undo();
    expect(bench.experiment).toBe(initialExperiment);
    expect([bench.canUndo, bench.canRedo]).toEqual([false, true]);
    bench.undo();
    bench.redo();
    bench.redo();
    expect(bench.experiment.pooling.size).toBe(4);
    expect(bench.canRedo).toBe(false);
  });

  it('leaves a stroke whole when one before it is ended late', () => {
    const { bench } = benchWith();
    bench.editOperation({ bias: 1 }, 'wheel');
    bench.editOperation({ bias: 2 }, 'drag');
    bench.endStroke('wheel');
    bench.editOperation({ bias: 3 }, 'drag');
    bench.undo();
    expect(bench.experiment.operation.bias).toBe(1);
  });

  it('takes a stroke back as one step, and two strokes as two', () => {
    const { bench } = benchWith();
    for (let bias = 1; bias <= 30; bias++) bench.editOperation({ bias }, 'bias');
    bench.endStroke();
    for (let bias = 31; bias <= 60; bias++) bench.editOperation({ bias }, 'bias');
    bench.editPooling({ size: 2 }, 'size');
    expect(bench.experiment.operation.bias).toBe(60);
    bench.undo();
    expect(bench.experiment.pooling.size).toBe(3);
    bench.undo();
    expect(bench.experiment.operation.bias).toBe(30);
    bench.undo();
    expect(bench.experiment.operation.bias).toBe(0);
    expect(bench.canUndo).toBe(false);
  });

  it('goes on with no stroke that an undo has ended', () => {
    const { bench } = benchWith();
    bench.editOperation({ bias: 1 }, 'bias');
    bench.editOperation({ stride: 2 });
    bench.undo();
    bench.editOperation({ bias: 2 }, 'bias');
    bench.undo();
    expect(bench.experiment.operation.bias).toBe(1);
  });

  it('has no step for an edit that changes nothing', () => {
    const { bench } = benchWith();
    bench.editOperation({ stride: 1 });
    bench.edit({ kernels: [...bench.experiment.kernels] });
    bench.openSample('boats');
    expect(bench.canUndo).toBe(false);
  });

  it('has no step for looking', () => {
    const { bench } = benchWith();
    bench.look({ colours: 'viridis' });
    bench.look({ cell: { of: 'map', row: 1, column: 2 } });
    expect(bench.view).toMatchObject({ colours: 'viridis', cell: { of: 'map', row: 1, column: 2 } });
    expect(bench.canUndo).toBe(false);
  });

  it('always has a chosen kernel, and two kernels where a gradient is wanted', () => {
    const { bench } = benchWith();
    const [kernel] = bench.experiment.kernels;
    bench.edit({ kernels: [kernel!, kernel!, kernel!], chosen: 2, together: 'gradient' });
    expect([bench.experiment.chosen, bench.experiment.together]).toEqual([2, 'gradient']);
    bench.edit({ kernels: [kernel!] });
    expect([bench.experiment.chosen, bench.experiment.together]).toEqual([0, 'apart']);
  });

  it('edits one kernel of several', () => {
    const { bench } = benchWith();
    const [kernel] = bench.experiment.kernels;
    bench.edit({ kernels: [kernel!, kernel!] });
    const changed = { ...kernel!, weights: kernel!.weights.map((weight) => weight * 2) };
    bench.editKernel(1, changed);
    expect(bench.experiment.kernels[0]).toBe(kernel);
    expect(bench.experiment.kernels[1]).toBe(changed);
  });
});

describe('results', () => {
  it('are not computed before someone looks', async () => {
    const { bench, computer } = benchWith();
    bench.editOperation({ stride: 2 });
    await settled();
    expect(computer.asked).toHaveLength(0);
    bench.start();
    await settled();
    expect(computer.asked).toHaveLength(1);
    expect(computer.asked[0]!.setting.operation.stride).toBe(2);
    expect([...computer.asked[0]!.image.planes[0]!.values]).toEqual(Array.from({ length: 4 }, () => Math.fround(0.2)));
  });

  it('stand until the next is there, and skip what was passed over', async () => {
    const { bench, computer } = await startedBench();
    for (let bias = 1; bias <= 50; bias++) bench.editOperation({ bias }, 'bias');
    expect(bench.isBusy).toBe(true);
    expect(bench.result).toEqual(resultNamed('first'));
    expect(computer.asked).toHaveLength(2);
    expect(computer.asked[1]!.setting.operation.bias).toBe(1);
    await computer.answer(resultNamed('second'));
    expect(bench.result).toEqual(resultNamed('second'));
    expect(bench.computed?.experiment.operation.bias).toBe(1);
    expect(computer.asked).toHaveLength(3);
    expect(computer.asked[2]!.setting.operation.bias).toBe(50);
    await computer.answer(resultNamed('third'));
    expect(bench.result).toEqual(resultNamed('third'));
    expect(computer.asked).toHaveLength(3);
    expect(bench.isBusy).toBe(false);
  });

  it('are computed from the same image, not from a copy with each edit', async () => {
    const { bench, computer } = await startedBench();
    bench.editOperation({ bias: 1 });
    await computer.answer(resultNamed('second'));
    expect(computer.asked[1]!.image).toBe(computer.asked[0]!.image);
    expect('image' in computer.asked[1]!.setting).toBe(false);
  });

  it('of a failed computation are missing with a notice, which the next one takes away', async () => {
    const { bench, computer } = await startedBench();
    bench.editOperation({ bias: 1 });
    await computer.fail('out of memory');
    expect(bench.notice).toEqual({ code: 'computation-failed', subject: '', detail: 'out of memory' });
    expect(bench.result).toEqual(resultNamed('first'));
    expect(bench.isBusy).toBe(false);
    bench.editOperation({ bias: 2 });
    await computer.answer(resultNamed('second'));
    expect(bench.notice).toBeNull();
  });

  it('come with a sensitivity once nothing has changed for a while', async () => {
    const { bench, computer } = await startedBench();
    expect([computer.measured, bench.isMeasuring]).toEqual([0, true]);
    vi.advanceTimersByTime(leisureMillis - 1);
    bench.editOperation({ bias: 1 });
    await computer.answer(resultNamed('second'));
    vi.advanceTimersByTime(leisureMillis - 1);
    expect(computer.measured).toBe(0);
    vi.advanceTimersByTime(1);
    expect(computer.measured).toBe(1);
    const sensitivity = { left: [0, 1], right: [0, 2], unpooled: [0, 3] };
    await computer.say(sensitivity);
    expect(bench.sensitivity).toBe(sensitivity);
    expect(bench.isMeasuring).toBe(false);

    // The next is given up for a newer edit; the last one stands meanwhile.
    bench.editOperation({ bias: 2 });
    await computer.answer(resultNamed('third'));
    vi.advanceTimersByTime(leisureMillis);
    bench.editOperation({ bias: 3 });
    expect(computer.givenUp).toBe(1);
    await computer.answer(resultNamed('fourth'));
    expect(bench.sensitivity).toBe(sensitivity);
    expect(bench.isMeasuring).toBe(true);
  });
});

describe('images', () => {
  it('are brought to the size at work, from the pixels as they were opened', async () => {
    const { bench, computer } = await startedBench();
    const pixels = Uint8Array.from({ length: 64 * 32 }, (_, at) => (at % 64) * 4);
    bench.openPixels({ height: 32, width: 64, channels: 1, pixels, origin: 'drawing', name: 'lines' });
    await computer.answer(resultNamed('second'));
    expect(bench.image).toMatchObject({ height: 32, width: 64 });
    bench.edit({ side: 16 });
    expect(bench.image).toMatchObject({ height: 8, width: 16 });
    // The mean of columns 0 to 3.
    expect(bench.image!.planes[0]!.values[0]).toBeCloseTo(6 / 255, 6);
    bench.edit({ side: 64 });
    expect(Array.from(bench.image!.planes[0]!.values, (value) => Math.round(value * 255))).toEqual([...pixels]);
  });

  it('have three planes in colour and one in grey, weighed as BT.601 has it', async () => {
    const { bench } = await startedBench();
    const red = { height: 1, width: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0) };
    bench.openPixels({ ...red, origin: 'file', name: 'red.png' });
    expect(bench.image!.planes).toHaveLength(1);
    expect(bench.image!.planes[0]!.values[0]).toBeCloseTo(0.299, 6);
    expect(bench.hasColour).toBe(true);
    bench.edit({ colour: 'rgb' });
    expect(bench.image!.planes.map(({ values }) => values[0])).toEqual([1, 0, 0]);
    bench.openSample('boats');
    await settled();
    expect(bench.image!.planes).toHaveLength(1);
    expect(bench.hasColour).toBe(false);
  });

  it('that are the same again are not loaded again', async () => {
    const loadSample = vi.fn(() => Promise.resolve(samples['boats']!));
    const { bench, computer } = await startedBench({ loadSample });
    bench.edit({ image: { source: 'sample', id: 'boats' }, operation: { ...bench.experiment.operation, stride: 2 } });
    expect(loadSample).toHaveBeenCalledTimes(1);
    expect(computer.asked).toHaveLength(2);
    bench.openPixels({ ...grey(7), origin: 'paste', name: '' });
    const steps = bench.experiment;
    bench.openPixels({ ...grey(7), origin: 'paste', name: '' });
    expect(bench.experiment).toBe(steps);
  });

  it('are a step of undo each', async () => {
    const { bench, computer } = await startedBench();
    bench.openPixels({ ...grey(7), origin: 'paste', name: '' });
    bench.openPixels({ ...grey(8), origin: 'paste', name: '' });
    const first = () => Math.round(bench.image!.planes[0]!.values[0]! * 255);
    expect(first()).toBe(8);
    bench.undo();
    expect(first()).toBe(7);
    bench.undo();
    await settled();
    expect(first()).toBe(51);
    await computer.answer(resultNamed('second'));
  });

  it('wait for their pixels: a new kernel is not shown on the image before', async () => {
    let give: (image: ByteImage) => void = () => undefined;
    const { bench, computer } = await startedBench({
      loadSample: (id: string) =>
        id === 'boats' ? Promise.resolve(samples['boats']!) : new Promise<ByteImage>((resolve) => (give = resolve)),
    });
    bench.edit({ image: { source: 'sample', id: 'cat' }, operation: { ...bench.experiment.operation, stride: 2 } });
    await settled();
    expect(computer.asked).toHaveLength(1);
    expect(bench.isBusy).toBe(true);
    give(samples['cat']!);
    await settled();
    expect(computer.asked).toHaveLength(2);
    expect(computer.asked[1]!.image.planes[0]!.values[0]).toBeCloseTo(0.4, 6);
  });

  it('that come late are not shown over a newer one', async () => {
    const waiting = new Map<string, (image: ByteImage) => void>();
    const { bench } = benchWith({ loadSample: (id) => new Promise((resolve) => waiting.set(id, resolve)) });
    bench.start();
    bench.openSample('cat');
    waiting.get('cat')!(samples['cat']!);
    await settled();
    waiting.get('boats')!(samples['boats']!);
    await settled();
    expect(bench.image!.planes[0]!.values[0]).toBeCloseTo(0.4, 6);
  });

  it('that cannot be used leave all as it is, with a notice', async () => {
    const { bench } = await startedBench();
    const before = [bench.experiment, bench.image, bench.result];
    await bench.openBlob(new Blob(['hello']), 'hello.txt', 'file');
    expect(bench.notice).toEqual({ code: 'not-an-image', subject: 'hello.txt' });
    expect([bench.experiment, bench.image, bench.result]).toEqual(before);
    expect([bench.canUndo, bench.isBusy]).toEqual([false, false]);
    bench.openSample('cat');
    expect(bench.notice).toBeNull();
  });

  it('of several opened at once, the last one is shown', async () => {
    const waiting = new Map<string, (image: ByteImage) => void>();
    const { bench } = await startedBench({
      decode: (_blob: Blob, name: string) => new Promise<ByteImage>((resolve) => waiting.set(name, resolve)),
    });
    const first = bench.openBlob(new Blob(['1']), 'first', 'file');
    const second = bench.openBlob(new Blob(['2']), 'second', 'file');
    waiting.get('second')!(grey(2));
    await second;
    waiting.get('first')!(grey(1));
    await first;
    expect(bench.experiment.image).toMatchObject({ name: 'second', origin: 'file' });
    expect(bench.isBusy).toBe(true);

    const late = bench.openBlob(new Blob(['3']), 'late', 'file');
    bench.openSample('cat');
    waiting.get('late')!(grey(3));
    await late;
    expect(bench.experiment.image).toEqual({ source: 'sample', id: 'cat' });
  });
});

/** A camera whose pictures a test takes. */
async function benchWithCamera() {
  let listener: CameraListener | null = null;
  const close = vi.fn();
  const { bench, computer } = await startedBench({
    openCamera: (given: CameraListener) => {
      listener = given;
      return Promise.resolve({ close });
    },
  });
  await bench.camera.switchOn();
  return {
    bench,
    computer,
    close,
    take: (value: number) => listener!.onframe(grey(value)),
    lose: () => listener!.onlost(),
  };
}
const firstValue = (bench: Bench) => Math.round(bench.image!.planes[0]!.values[0]! * 255);

describe('the camera', () => {
  it('shows its pictures without a step of undo, and none when it is off', async () => {
    const { bench, close, take } = await benchWithCamera();
    const before = bench.experiment;
    for (const value of [10, 20, 30]) take(value);
    expect([bench.isLive, firstValue(bench)]).toEqual([true, 30]);
    expect([bench.experiment, bench.canUndo]).toEqual([before, false]);
    bench.camera.switchOff();
    expect(close).toHaveBeenCalledTimes(1);
    expect([bench.isLive, firstValue(bench)]).toEqual([false, 51]);
    take(40);
    expect([bench.isLive, firstValue(bench)]).toEqual([false, 51]);
  });

  it('leaves a picture that is kept, as one step of undo, and goes off', async () => {
    const { bench, close, take } = await benchWithCamera();
    take(10);
    take(20);
    bench.camera.keep();
    expect(close).toHaveBeenCalledTimes(1);
    expect(bench.experiment.image).toMatchObject({ source: 'own', origin: 'camera' });
    expect([bench.isLive, firstValue(bench), bench.camera.status]).toEqual([false, 20, 'off']);
    bench.undo();
    await settled();
    expect([firstValue(bench), bench.canUndo]).toEqual([51, false]);
  });

  it('stays on while kernels are edited, and goes off for another image', async () => {
    const { bench, computer, close, take } = await benchWithCamera();
    take(10);
    bench.editOperation({ bias: 1 });
    expect(bench.camera.status).toBe('on');
    await computer.answer(resultNamed('second'));
    await computer.answer(resultNamed('third'));
    const asked = computer.asked.length;
    bench.edit({ image: { source: 'sample', id: 'cat' }, operation: { ...bench.experiment.operation, stride: 2 } });
    expect(close).toHaveBeenCalledTimes(1);
    await settled();
    expect([bench.isLive, firstValue(bench)]).toEqual([false, 102]);
    // The image from before the camera is not gone through on the way.
    expect(computer.asked.slice(asked).map(({ image }) => Math.round(image.planes[0]!.values[0]! * 255))).toEqual([
      102,
    ]);
  });

  it('goes off too where the image that is chosen, or the bench that is restored, was there before it', async () => {
    const chosen = await benchWithCamera();
    chosen.take(10);
    chosen.bench.openSample('boats');
    expect([chosen.bench.isLive, firstValue(chosen.bench), chosen.bench.camera.status]).toEqual([false, 51, 'off']);

    const restored = await benchWithCamera();
    const before = restored.bench.saved();
    restored.take(10);
    restored.bench.restore(before);
    expect([restored.bench.isLive, firstValue(restored.bench), restored.bench.canUndo]).toEqual([false, 51, false]);
  });

  it('says so when there is none, or it is gone', async () => {
    const { bench } = await startedBench();
    await bench.camera.switchOn();
    expect(bench.camera.status).toBe('off');
    expect(bench.notice).toMatchObject({ code: 'camera-missing' });

    const { bench: other, lose, close } = await benchWithCamera();
    lose();
    expect(other.notice).toMatchObject({ code: 'camera-stopped' });
    expect([other.camera.status, close.mock.calls.length]).toEqual(['off', 1]);
  });

  it('that comes after it was switched off again goes off at once', async () => {
    let give: (stream: { close(): void }) => void = () => undefined;
    const { bench } = await startedBench({
      openCamera: () => new Promise<{ close(): void }>((resolve) => (give = resolve)),
    });
    const asked = bench.camera.switchOn();
    expect(bench.camera.status).toBe('asking');
    bench.camera.switchOff();
    const close = vi.fn();
    give({ close });
    await asked;
    expect([close.mock.calls.length, bench.camera.status, bench.notice]).toEqual([1, 'off', null]);
  });
});

describe('a saved bench', () => {
  it('stands there again, as one step of undo', async () => {
    const { bench } = await startedBench();
    bench.openPixels({ ...grey(77, 5), origin: 'drawing', name: 'a drawing' });
    bench.editOperation({ stride: 3, padding: 'same' });
    bench.look({ colours: 'magma' });
    const text = bench.saved();

    const { bench: other } = await startedBench();
    other.editPooling({ size: 5 });
    other.restore(text);
    expect(other.experiment).toEqual(bench.experiment);
    expect(other.view).toEqual(bench.view);
    expect(other.image).toEqual(bench.image);
    other.undo();
    expect(other.experiment.pooling.size).toBe(5);
  });

  it('has the picture of the camera in it, where that is what is seen', async () => {
    const { bench, take } = await benchWithCamera();
    take(99);
    const { bench: other } = await startedBench();
    other.restore(bench.saved());
    expect(other.experiment.image).toMatchObject({ source: 'own', origin: 'camera', height: 2, width: 2 });
    expect(firstValue(other)).toBe(99);
  });

  it('that does not fit leaves all as it is, with a notice', async () => {
    const { bench } = await startedBench();
    const before = bench.saved();
    bench.restore('{"format":"convolens-bench","version":2}');
    expect(bench.notice).toEqual({ code: 'state-newer', subject: '' });
    bench.restore(before.replace('"stride":1', '"stride":0'));
    expect(bench.notice).toEqual({ code: 'state-damaged', subject: '', detail: 'experiment.operation.stride' });
    expect(bench.saved()).toBe(before);
    expect(bench.canUndo).toBe(false);
  });
});
