import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Dice } from '../../shared/random/testing/dice.ts';
import { classical } from './classical.ts';
import { classicalSettingsFrom } from './classical-settings.ts';
import { UsageError } from './usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'convolens-classical-'));
let printed = '';

/** Stripes down and stripes across, in noise. */
beforeAll(() => {
  const dice = new Dice(12);
  for (const name of ['across', 'down']) {
    mkdirSync(join(folder, name));
    for (let image = 0; image < 20; image++) {
      const picture = new PNG({ width: 20, height: 20 });
      const shift = dice.whole(0, 5);
      for (let i = 0; i < 400; i++) {
        const place = (name === 'down' ? i % 20 : Math.floor(i / 20)) + shift;
        const light = (place % 6 < 3 ? 30 : 190) + dice.whole(0, 30);
        picture.data.set([light, light, light, 255], 4 * i);
      }
      writeFileSync(join(folder, name, `${image}.png`), PNG.sync.write(picture));
    }
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function linesOf(...args: string[]): Promise<Record<string, unknown>[]> {
  printed = '';
  await classical(['--dataset', folder, '--json', ...args]);
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('lab classical', () => {
  it('says what it found last, one object a line', async () => {
    const lines = await linesOf('--set', 'side=20');
    expect(lines[0]).toMatchObject({ type: 'started', dataset: 'folder', features: 'hog', svm: 'linear', seed: 7 });
    expect(lines.slice(1, -1).every(({ type }) => type === 'progress')).toBe(true);
    const last = lines.at(-1)!;
    expect(last).toMatchObject({ type: 'finished', testAccuracy: 1, top5Error: 0, trainImages: 36, testImages: 4 });
    const { seconds, featureSeconds, trainingSeconds, testSeconds } = last as Record<string, number>;
    expect(Math.min(featureSeconds!, trainingSeconds!, testSeconds!)).toBeGreaterThan(0);
    expect(seconds).toBeCloseTo(featureSeconds! + trainingSeconds! + testSeconds!, 1);
    expect(last['peakMemoryBytes']).toBeGreaterThan(2 ** 20);
  });

  it('obeys its options', async () => {
    const lines = await linesOf('--set', 'svm=rbf', '--set', 'features=lbp', '--train-images', '30', '--seed', '9');
    expect(lines[0]).toMatchObject({ svm: 'rbf', features: 'lbp', seed: 9, trainImages: 30 });
    expect(lines.at(-1)).toMatchObject({ type: 'finished', trainImages: 30, features: 16 * 59 });
  });

  it('speaks sentences to people', async () => {
    printed = '';
    await classical(['--dataset', folder]);
    expect(printed).toMatch(/^hog with a linear machine on folder\n/);
    expect(printed).toMatch(
      /Test accuracy 100\.00 %, among the five best 100\.00 %, with 1764 numbers an image; features/,
    );
  });
});

describe('lab classical says what is wrong', () => {
  it.each<[string, Partial<Parameters<typeof classicalSettingsFrom>[0]>, string]>([
    ['no dataset', { dataset: undefined }, 'Name a dataset with --dataset: mnist, mnist-16, cifar10'],
    ['an unknown dataset', { dataset: 'mnits' }, 'There is no dataset mnits: mnist, mnist-16, cifar10'],
    ['no folder', { dataset: 'folder' }, 'Name the folder of images itself: --dataset FOLDER'],
    ['half a setting', { set: ['cell'] }, '--set takes key=value, not “cell”'],
    ['an unknown setting', { set: ['bins=9'] }, '--set does not know bins: features, orientations, cell'],
    ['a seed by --set', { set: ['seed=9'] }, '--set does not know seed'],
    ['an unknown choice', { set: ['svm=poly'] }, 'svm: '],
    ['a word for a number', { set: ['cell=small'] }, 'cell takes a number, not “small”'],
    ['a number out of range', { set: ['block=9'] }, 'block: '],
    ['no images', { trainImages: '0' }, 'trainImages: '],
    ['a seed that is none', { seed: 'x' }, '--seed takes a number, not “x”'],
  ])('in the command: %s', (_name, given, message) => {
    const call = () => classicalSettingsFrom({ dataset: 'mnist', set: [], ...given });
    expect(call).toThrow(UsageError);
    expect(call).toThrow(message);
  });

  it('where the data is missing', async () => {
    vi.stubEnv('CONVOLENS_DATASETS', folder);
    await expect(classical(['--dataset', 'cifar10'])).rejects.toThrow(
      /data_batch_1\.bin is not in .*: fetch CIFAR-10 with `npm run setup -- --cifar10`/,
    );
    vi.unstubAllEnvs();
  });
});
