import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsFor } from '../../shared/defaults.ts';
import { presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { takenApart } from '../../shared/npy/testing/taken-apart.ts';
import { Dice } from '../../shared/random/testing/dice.ts';
import { safetensorsFrom } from '../../shared/safetensors/write.ts';
import { sizeOf } from '../../shared/tensor/shape.ts';
import { activations } from './activations.ts';
import { kernels } from './kernels.ts';
import { moments } from './moments.ts';
import { train } from './train.ts';
import { UsageError } from './usage.ts';

const parent = mkdtempSync(join(tmpdir(), 'convolens-saved-'));
const run = join(parent, 'run');
const out = join(parent, 'out.npy');
const network = trace(presets.lenet1.choose({}).network);
const dice = new Dice(6);
const tensors = network.layers.flatMap(({ spec, weights }) =>
  weights.map(({ name, shape }) => ({ name: `${spec.name}/${name}`, shape, values: dice.numbers(sizeOf(shape)) })),
);
const whole = { trainImages: 60_000, testImages: 10_000, testSha256: '00' };
const device = { device: 'cpu', library: '2.18.1', threads: 2, towers: 2, threading: 'towers', oneDnn: true, gpus: [] };

let printed = '';
beforeAll(() => {
  mkdirSync(join(run, 'moments'), { recursive: true });
  writeFileSync(join(run, 'model.safetensors'), Buffer.concat(safetensorsFrom(tensors, { step: '7' })));
  const settings = settingsFor({ preset: 'lenet1', switches: {} });
  const file = {
    ...{ format: 'convolens-run', version: 1, app: '0.1.0', written: '2026-11-25T20:00:00.000Z' },
    ...{ settings, step: 7, epoch: 0.01, frozen: [], edited: false, dataset: whole, device, finished: null },
  };
  writeFileSync(join(run, 'run.json'), JSON.stringify(file));
  const image = { source: 'test', index: 0 };
  const moment = { id: 4, step: 7, loss: 0.25, accuracy: 0.9, testAccuracy: 0.875, image };
  writeFileSync(join(run, 'moments', '00000004.safetensors'), 'frame');
  writeFileSync(
    join(run, 'moments', 'index.jsonl'),
    [
      { format: 'convolens-moments', version: 1 },
      { moment, file: '00000004.safetensors', begin: 1, bytes: 5 },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(parent, { recursive: true });
});

describe('lab kernels', () => {
  it('writes a convolution’s kernels as they are, HWIO', async () => {
    const layer = network.layers.find(({ spec }) => spec.kind === 'conv')!;
    printed = '';
    await kernels(['--run', run, '--layer', layer.spec.name, '--out', out, '--json']);
    const kernel = tensors.find(({ name }) => name === `${layer.spec.name}/kernel`)!;
    const { shape, values } = takenApart(readFileSync(out));
    expect(shape).toEqual(kernel.shape);
    expect(Float32Array.from(values)).toEqual(kernel.values);
    expect(JSON.parse(printed)).toMatchObject({ type: 'finished', layer: layer.spec.name, step: 7, out, shape });
  });

  it.each([
    ['a layer without kernels', ['--layer', network.layers.at(-1)!.spec.name], 'is no convolution: it has no kernels'],
    ['a layer that is not there', ['--layer', 'C9'], 'The network has no layer C9; those with kernels are '],
    ['a folder without a run', ['--layer', 'H1', '--run', parent], 'holds no run: there is no run.json in it'],
  ])('says what is wrong: %s', async (_what, args, why) => {
    const before = readdirSync(parent);
    await expect(kernels(['--run', run, '--out', join(parent, 'none.npy'), ...args])).rejects.toThrow(why);
    expect(readdirSync(parent)).toEqual(before);
  });
});

describe('lab moments', () => {
  it('prints a line a moment', async () => {
    const file = join(run, 'moments', '00000004.safetensors');
    printed = '';
    await moments(['--run', run]);
    expect(printed).toBe(`step 7, loss 0.2500, test accuracy 87.50 %, ${file}\n`);
    printed = '';
    await moments(['--run', run, '--json']);
    expect(JSON.parse(printed)).toMatchObject({
      id: 4,
      step: 7,
      loss: 0.25,
      image: { source: 'test', index: 0 },
      file,
    });
  });

  it('says where there are none', async () => {
    await expect(moments(['--run', parent])).rejects.toThrow('cannot be read: there is no such file or folder');
  });
});

describe('a command called the wrong way says so:', () => {
  it.each<[string, () => Promise<void>, string]>([
    [
      'kernels of nothing',
      () => kernels(['--run', run]),
      'kernels needs --run, --layer, and --out: --layer is missing',
    ],
    ['moments of nothing', () => moments([]), '--run is missing'],
    [
      'activations without an image',
      () => activations(['--run', run, '--layer', 'H1', '--out', out]),
      'activations needs --run, --image, --layer, and --out: --image is missing',
    ],
    [
      'activations of something else',
      () => activations(['--run', run, '--image', 'a.png', '--layer', 'H1', '--out', out, '--of', 'weights']),
      '--of takes outputs, sums, gradients, not weights',
    ],
    ['moments without a run', () => train(['lenet1', '--moments', '8']), '--moments is for what --run keeps'],
    ['less than no moments', () => train(['lenet1', '--run', parent, '--moments', '-1']), '--moments'],
    ['a run without a folder', () => train(['lenet1', '--run=']), '--run takes a folder'],
  ])('%s', async (_what, call, why) => {
    await expect(call()).rejects.toThrow(why);
  });

  it('as a usage error', async () => {
    await expect(kernels(['--run', run])).rejects.toBeInstanceOf(UsageError);
  });
});

describe('lab activations and lab train, before anything is computed', () => {
  it('name a layer that is not there, with those that are', async () => {
    const args = ['--run', run, '--image', 'a.png', '--layer', 'C9', '--out', out];
    await expect(activations(args)).rejects.toThrow(/no layer C9; it has input, H1/);
  });

  it('name an image that cannot be read', async () => {
    const args = ['--run', run, '--image', join(parent, 'a.png'), '--layer', 'H1', '--out', out];
    await expect(activations(args)).rejects.toThrow('a.png cannot be read: there is no such file or folder');
  });

  it('leave a folder alone that holds a run', async () => {
    const before = readdirSync(run);
    await expect(train(['lenet1', '--steps', '1', '--run', run])).rejects.toThrow('holds a run already');
    expect(readdirSync(run)).toEqual(before);
  });
});
