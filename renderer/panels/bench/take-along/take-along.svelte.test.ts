import { afterEach, describe, expect, it, vi } from 'vitest';
import { compute } from '../../../../shared/bench/compute.ts';
import { longestSavedBench } from '../../../../shared/bench/saved-bench.ts';
import type { Bridge, SaveAnswer } from '../../../../shared/contract.ts';
import { Bench } from '../../../state/bench/bench.svelte.ts';
import { benchArrays } from './arrays.ts';
import { benchTextFromSaved } from './bench-text.ts';
import { TakeAlong } from './take-along.svelte.ts';

afterEach(() => vi.restoreAllMocks());

const greys = Uint8Array.from({ length: 12 * 16 }, (_, i) => (i * 37) % 256);

/** A bench that has computed for a small image, and a bridge that answers as told. */
async function taking(answer: SaveAnswer | Error = { outcome: 'cancelled' }) {
  const bench: Bench = new Bench(
    {
      compute: (setting, image) => Promise.resolve(compute({ ...bench.experiment, ...setting }, image)),
      measure: () => new Promise(() => undefined),
      giveUpMeasuring: () => undefined,
    },
    {
      decode: () => Promise.reject(new Error('No pictures here')),
      loadSample: () => Promise.resolve({ height: 12, width: 16, channels: 1, pixels: greys }),
      openCamera: () => Promise.reject(new Error('No camera here')),
    },
  );
  bench.start();
  await vi.waitFor(() => expect(bench.computed).not.toBeNull());
  const saveFile = vi.fn<Bridge['saveFile']>(() =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
  );
  const showSavedFile = vi.fn(() => Promise.resolve());
  const take = new TakeAlong(
    bench,
    { saveFile, showSavedFile },
    {
      png: () => Promise.resolve(new Blob(['a picture'])),
      svg: () => Promise.resolve('<svg/>'),
      title: () => `Sobel x: ${'long '.repeat(50)}`,
    },
  );
  return { bench, take, saveFile, showSavedFile };
}

const saved = { outcome: 'saved', file: 'figure.png' } as const;
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('taking the bench along', () => {
  it('saves the figure under a short name without a colon', async () => {
    const { take, saveFile } = await taking(saved);
    await take.savePng();
    const [name, bytes] = saveFile.mock.calls[0]!;
    expect(name).toMatch(/^Sobel x - long long .*\.png$/);
    expect(name.length).toBeLessThanOrEqual(120);
    expect(textOf(bytes)).toBe('a picture');
    expect(take.note).toEqual({ code: 'saved', file: 'figure.png' });
    await take.saveSvg();
    expect(saveFile.mock.calls[1]![0]).toMatch(/\.svg$/);
    expect(textOf(saveFile.mock.calls[1]![1])).toBe('<svg/>');
  });

  it('saves the bench as what it is restored from', async () => {
    const { bench, take, saveFile } = await taking(saved);
    bench.editPooling({ size: 2 });
    await take.saveBench();
    const [name, bytes] = saveFile.mock.calls[0]!;
    expect(name).toMatch(/\.convolens-bench\.json$/);
    expect(textOf(bytes)).toBe(bench.saved());
  });

  it('saves every array with its shape, in C order', async () => {
    const { bench, take, saveFile } = await taking(saved);
    const arrays = benchArrays(bench.computed!);
    expect(arrays.map(({ id, shape }) => `${id} ${shape.join('×')}`)).toEqual([
      'input 12×16',
      'kernel 3×3',
      'map 10×14',
      'pooled-left-max 3×4',
      'pooled-right-average 3×4',
      'difference 3×4',
    ]);
    for (const array of arrays) await take.saveArray(array);
    expect(saveFile.mock.calls.map(([name]) => name)).toEqual(arrays.map(({ id }) => `${id}.npy`));
    const kernel = saveFile.mock.calls[1]![1];
    const floats = new Float32Array(kernel.slice(-36).buffer);
    expect([...floats]).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  });

  it('numbers kernels and maps where there are several, and has the gradient’s two maps', async () => {
    const { bench } = await taking();
    const { experiment } = bench;
    const kernels = [
      experiment.kernels[0]!,
      { ...experiment.kernels[0]!, channels: 3 as const, weights: Array<number>(27).fill(1) },
    ];
    const two = { ...experiment, kernels, together: 'gradient' as const };
    const arrays = benchArrays({ ...bench.computed!, experiment: two, result: compute(two, bench.image!) });
    expect(arrays.map(({ id, shape }) => `${id} ${shape.join('×')}`)).toEqual([
      'input 12×16',
      'kernel-1 3×3',
      'kernel-2 3×3×3',
      'map-1 10×14',
      'map-2 10×14',
      'gradient-magnitude 10×14',
      'gradient-direction 10×14',
      'pooled-left-max 3×4',
      'pooled-right-average 3×4',
      'difference 3×4',
    ]);
  });

  it('puts the channels of an image side by side in each cell', async () => {
    const { bench } = await taking();
    const planes = [0, 1, 2].map((channel) => ({
      height: 1,
      width: 2,
      values: Float32Array.of(channel, channel + 10),
    }));
    const [input] = benchArrays({ ...bench.computed!, image: { height: 1, width: 2, planes } });
    expect(input!.shape).toEqual([1, 2, 3]);
    expect([...input!.values()]).toEqual([0, 1, 2, 10, 11, 12]);
  });

  it('says nothing when nothing was saved because someone thought better of it', async () => {
    const { take } = await taking({ outcome: 'cancelled' });
    await take.savePng();
    expect(take.note).toBeNull();
  });

  it('says what stood in the way of a file', async () => {
    const { take } = await taking({ outcome: 'failed', file: 'figure.png', reason: 'no-space' });
    await take.savePng();
    expect(take.note).toEqual({ code: 'not-saved', file: 'figure.png', reason: 'no-space' });
  });

  it('says so when something else went wrong', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { take } = await taking(new Error('The bridge is down'));
    await take.savePng();
    expect(take.note).toEqual({ code: 'failed', detail: 'The bridge is down' });
  });
});

describe('opening a bench', () => {
  const fileOf = (text: string, name = 'lesson.json') => new File([text], name);

  it('opens what was saved, and undo goes back', async () => {
    const { bench, take } = await taking();
    const text = bench.saved();
    bench.editPooling({ size: 4, stride: 1 });
    await take.openFile(fileOf(text));
    expect(take.note).toEqual({ code: 'opened', name: 'lesson.json' });
    expect(bench.saved()).toBe(text);
    bench.undo();
    expect(bench.experiment.pooling).toMatchObject({ size: 4, stride: 1 });
  });

  it('opens a text that was copied, and the contents of a file that were pasted', async () => {
    const { bench, take } = await taking();
    const text = bench.saved();
    for (const pasted of [await benchTextFromSaved(text), text]) {
      bench.editPooling({ size: 4 });
      expect(await take.openText(pasted)).toBe(true);
      expect(bench.experiment.pooling.size).toBe(3);
    }
  });

  it('keeps all as it is, and says why, when what it is given is no bench', async () => {
    const { bench, take } = await taking();
    const text = bench.saved();
    bench.editPooling({ size: 4 });
    const before = bench.saved();
    const given: [string, unknown][] = [
      ['', { code: 'empty' }],
      ['{}', { code: 'foreign' }],
      [text.slice(0, -20), { code: 'damaged', where: '' }],
      [text.replace('"version":1', '"version":9'), { code: 'newer' }],
      [text.replace('"side":256', '"side":1e300'), { code: 'damaged', where: 'experiment.side' }],
      ['convolens-bench:1:AAAA', { code: 'damaged', where: '' }],
      ['convolens-bench:2:AAAA', { code: 'newer' }],
    ];
    for (const [content, problem] of given) {
      await take.openFile(fileOf(content));
      expect(take.note, content).toEqual({ code: 'not-opened', name: 'lesson.json', problem });
      expect(bench.saved()).toBe(before);
      // It is said once, here.
      expect(bench.notice).toBeNull();
    }
    expect(await take.openText('no bench')).toBe(false);
    expect(take.note).toEqual({ code: 'not-opened', name: '', problem: { code: 'foreign' } });
  });

  it('does not even read a file that is too large', async () => {
    const { take } = await taking();
    const file = fileOf('');
    const text = vi.spyOn(file, 'text');
    Object.defineProperty(file, 'size', { value: longestSavedBench + 1 });
    await take.openFile(file);
    expect(take.note).toEqual({ code: 'not-opened', name: 'lesson.json', problem: { code: 'too-long' } });
    expect(text).not.toHaveBeenCalled();
  });

  it('says so when a file cannot be read', async () => {
    const { take } = await taking();
    const file = fileOf('');
    vi.spyOn(file, 'text').mockRejectedValue(new DOMException('It is gone', 'NotFoundError'));
    await take.openFile(file);
    expect(take.note).toEqual({ code: 'not-opened', name: 'lesson.json', problem: { code: 'unreadable' } });
  });
});
