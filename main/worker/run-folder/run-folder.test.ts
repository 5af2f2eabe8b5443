import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../../shared/contract.ts';
import { defaultSettings, settingsFor } from '../../../shared/defaults.ts';
import { correlate } from '../../../shared/math/correlate.ts';
import { plane } from '../../../shared/math/plane.ts';
import { Dice } from '../../../shared/random/testing/dice.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { readMomentIndex } from '../moments/moment-index.ts';
import { Run } from '../run.ts';
import { Session } from '../session.ts';
import { loadTensorFlow } from '../tensorflow.ts';
import { openRun } from './open-run.ts';
import { readRun } from './run-reader.ts';
import { RunWriter } from './run-writer.ts';

const { tf, device } = loadTensorFlow('cpu');
const parent = mkdtempSync(join(tmpdir(), 'convolens-run-'));
afterAll(() => rmSync(parent, { recursive: true }));

type Finished = Extract<WorkerEvent, { type: 'finished' }>;
const finished: Finished = {
  type: 'finished',
  step: 1,
  trainLoss: NaN,
  testLoss: 1,
  testAccuracy: 0.5,
  top5Error: 0.1,
  imagesPerSecond: 10,
  weightsSha256: 'abc',
};

/** Noise in the place of photographs. */
function noise(shape: Shape, count: number): Dataset {
  const dice = new Dice(2);
  const pixels = Uint8Array.from({ length: count * sizeOf(shape) }, () => dice.whole(0, 255));
  const images = { count, shape, pixels, labels: Uint8Array.from({ length: count }, (_, index) => index % 10) };
  return { classes: [], train: images, test: images, skipped: [], colours: () => ({ values: [], vectors: [] }) };
}

describe('a trained run', () => {
  const folder = join(parent, 'lenet');
  const events: WorkerEvent[] = [];
  let original: Run;
  let opened: Run;
  beforeAll(async () => {
    const writer = await RunWriter.take(folder);
    const session = new Session(
      tf,
      device,
      { datasets: 'resources/datasets', moments: join(folder, 'moments') },
      (event) => {
        events.push(event);
        writer.note(event);
      },
    );
    await session.handle({ type: 'configure', settings: defaultSettings });
    original = session.run!;
    await writer.begin(original, device);
    await session.handle({ type: 'train', limit: { steps: 20 } });
    await session.idle();
    await writer.end(
      original,
      events.find((event) => event.type === 'finished')!,
    );
    opened = await openRun(tf, await readRun(folder));
  });

  it('tells in run.json what it was, on what, and how it ended', async () => {
    const { file } = await readRun(folder);
    const { step, weightsSha256, testAccuracy } = events.find((event) => event.type === 'finished')!;
    expect(file).toMatchObject({ step, edited: false, frozen: [], settings: defaultSettings });
    expect(file.epoch).toBeCloseTo(20 / 468, 12);
    expect(file.finished).toMatchObject({ weightsSha256, testAccuracy });
    expect(file.dataset).toMatchObject({ trainImages: 60_000, testImages: 10_000 });
    expect(file.dataset.testSha256).toMatch(/^[\da-f]{64}$/);
    expect(file.device).toEqual(device);
    expect(Math.abs(Date.parse(file.written) - Date.now())).toBeLessThan(600_000);
  });

  it('keeps the moments of the first test image', async () => {
    const entries = await readMomentIndex(join(folder, 'moments'));
    expect(entries.map(({ moment }) => moment.step)).toEqual([0, 1, 2, 3, 4, 6, 8, 12, 16, 20]);
    expect(entries[0]!.moment.image).toEqual({ source: 'test', index: 0 });
  });

  it('keeps every point of its curves', () => {
    const lines = readFileSync(join(folder, 'history.jsonl'), 'utf8').trimEnd().split('\n');
    const said = events.filter(({ type }) => type === 'stepped' || type === 'evaluated');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(JSON.stringify(said)));
    expect(said.length).toBeGreaterThan(1);
  });

  it('is opened again with the same weights, bit for bit', () => {
    expect(opened.step).toBe(20);
    expect(opened.weightsSha256()).toBe(original.weightsSha256());
    const { pixels } = original.testImage(0);
    const image = { source: 'drawn', pixels } as const;
    for (const layer of ['input', 'C1', 'S4', 'output']) {
      const again = opened.readActivations(image, layer, 'outputs');
      expect(again).toEqual(original.readActivations({ source: 'test', index: 0 }, layer, 'outputs'));
    }
  });

  it('says of an image what its exported kernels say by the definition of a convolution', async () => {
    const { tensors } = await readRun(folder);
    const { pixels } = original.testImage(3);
    const image = { source: 'drawn', pixels } as const;
    const input = opened.readActivations(image, 'input', 'outputs');
    const [kernel, bias] = ['C1/kernel', 'C1/bias'].map(
      (name) => tensors.find((tensor) => tensor.name === name)!.values,
    );
    const [sums, outputs] = (['sums', 'outputs'] as const).map((of) => opened.readActivations(image, 'C1', of));
    const largest = Math.max(...sums!.values.map(Math.abs));
    expect(sums!.shape).toEqual([28, 28, 6]);
    for (let filter = 0; filter < 6; filter++) {
      const values = Array.from({ length: 25 }, (_, cell) => kernel![cell * 6 + filter]!);
      const map = correlate(
        [plane(28, 28, [...input.values])],
        { height: 5, width: 5, values },
        {
          padding: 'same',
          bias: bias![filter]!,
        },
      );
      map.values.forEach((value, cell) => {
        expect(Math.abs(sums!.values[cell * 6 + filter]! - value)).toBeLessThanOrEqual(1e-5 * largest);
        const squashed = 1 / (1 + Math.exp(-value));
        expect(Math.abs(outputs!.values[cell * 6 + filter]! - squashed)).toBeLessThanOrEqual(1e-5);
      });
    }
  });
});

describe('a network with batch normalisation', () => {
  it('keeps its running moments', async () => {
    const folder = join(parent, 'residual');
    const recipe = settingsFor({ preset: 'residual-20', switches: {} });
    const settings = { ...recipe, hyperParameters: { ...recipe.hyperParameters, batch: 8, augmentation: {} } };
    const run = await Run.build(tf, 1, settings, (_dataset, input) => Promise.resolve(noise(input, 16)));
    run.reset();
    run.train(2);
    const writer = await RunWriter.take(folder);
    await writer.begin(run, device);
    await writer.end(run, finished);
    const saved = await readRun(folder);
    expect(saved.file.finished?.trainLoss).toBeNull();
    expect(saved.tensors.map(({ name }) => name)).toContain('s1b1-norm1/mean');
    const opened = await openRun(tf, saved);
    const image = { source: 'drawn', pixels: run.testImage(5).pixels } as const;
    const of = run.trace.layers.at(-1)!.spec.name;
    expect(opened.readActivations(image, of, 'outputs')).toEqual(run.readActivations(image, of, 'outputs'));
    run.dispose();
    opened.dispose();
  });
});

describe('a folder', () => {
  it.each([
    ['that holds a run', (folder: string) => writeFileSync(join(folder, 'run.json'), '{}'), 'holds a run already'],
    [
      'with anything else in it',
      (folder: string) => writeFileSync(join(folder, 'a'), ''),
      'is not empty, and holds no run',
    ],
  ])('%s is left alone', async (_what, fill, why) => {
    const folder = mkdtempSync(join(parent, 'taken-'));
    fill(folder);
    await expect(RunWriter.take(folder)).rejects.toThrow(why);
  });

  it('may be missing or empty, and is no file', async () => {
    const folder = join(parent, 'a', 'b');
    await RunWriter.take(folder);
    expect(existsSync(folder)).toBe(true);
    await RunWriter.take(folder);
    writeFileSync(join(parent, 'file'), '');
    await expect(RunWriter.take(join(parent, 'file'))).rejects.toThrow('is not a folder');
  });
});

describe('a folder that is no run is refused:', () => {
  const good = join(parent, 'lenet');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(parent, 'broken-'));
    for (const name of ['run.json', 'model.safetensors'])
      writeFileSync(join(folder, name), readFileSync(join(good, name)));
  });
  const change = (edit: (text: string) => string): void => {
    writeFileSync(join(folder, 'run.json'), edit(readFileSync(join(folder, 'run.json'), 'utf8')));
  };
  const replaceByFolder = (path: string): void => {
    rmSync(path);
    mkdirSync(path);
  };
  it.each<[string, () => void, string]>([
    ['nothing there', () => rmSync(folder, { recursive: true }), 'holds no run: there is no run.json in it'],
    ['no run.json', () => rmSync(join(folder, 'run.json')), 'holds no run'],
    ['a folder in its place', () => replaceByFolder(join(folder, 'run.json')), 'EISDIR'],
    ['no weights', () => rmSync(join(folder, 'model.safetensors')), 'training of this run did not come to its end'],
    [
      'half a run.json',
      () => change((text) => text.slice(0, 200)),
      'run.json is no run that this version reads: it is not JSON',
    ],
    ['a later version', () => change((text) => text.replace('"version": 1', '"version": 2')), 'version: '],
    [
      'an unknown network',
      () => change((text) => text.replace('lenet5-textbook', 'lenet9')),
      'settings.network.preset: ',
    ],
    [
      'another network',
      () =>
        change((text) =>
          text.replace('"lenet5-textbook"', '"lenet1"').replace(/"switches": \{[^}]*\}/, '"switches": {}'),
        ),
      'which the network does not have',
    ],
    ['a switch it has not', () => change((text) => text.replace('"average"', '"median"')), 'median'],
    [
      'weights of another step',
      () => change((text) => text.replace('"step": 20', '"step": 21')),
      'is of step 20, and run.json of step 21',
    ],
    [
      'weights cut short',
      () =>
        writeFileSync(
          join(folder, 'model.safetensors'),
          readFileSync(join(folder, 'model.safetensors')).subarray(0, 5000),
        ),
      'model.safetensors is no safetensors file that can be read: it ends within',
    ],
  ])('%s', async (_what, break_, why) => {
    break_();
    await expect(readRun(folder)).rejects.toThrow(why);
  });
});
