import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourStatistics } from '../../../shared/dataset/colours.ts';
import { resize } from '../../../shared/dataset/resize.ts';
import { shuffled } from '../../../shared/random/shuffle.ts';
import { openDataset } from './open.ts';

const datasets = join(import.meta.dirname, '../../../resources/datasets');
const [mnist, cifar10] = [join(datasets, 'mnist'), join(datasets, 'cifar10')];

function countsOf(labels: ArrayLike<number>): number[] {
  const counts = new Array<number>(10).fill(0);
  for (const label of Array.from(labels)) counts[label]! += 1;
  return counts;
}

describe('opening a dataset', () => {
  it('refuses a network with another input, naming both shapes, before any file is read', async () => {
    await expect(openDataset('cifar10', 'nowhere', [224, 224, 3])).rejects.toMatchObject({
      code: 'network-invalid',
      message: 'cifar10 has images of 32×32×3, and the network reads 224×224×3: choose folder, or another network',
    });
  });

  it('says how CIFAR-10 is fetched when it is missing', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'convolens-open-'));
    await expect(openDataset('cifar10', empty, [32, 32, 3])).rejects.toMatchObject({
      code: 'dataset-missing',
      message: expect.stringContaining('npm run setup -- --cifar10') as string,
    });
    await rm(empty, { recursive: true });
  });
});

describe('MNIST', () => {
  it('is padded by two for a network of 32×32', async () => {
    const plain = await openDataset('mnist', mnist, [28, 28, 1]);
    const large = await openDataset('mnist', mnist, [32, 32, 1]);
    expect([large.train.count, large.test.count]).toEqual([60_000, 10_000]);
    expect(large.test.shape).toEqual([32, 32, 1]);
    const [row, longRow] = [784 * 7 + 28 * 13, 1024 * 7 + 32 * 15 + 2];
    expect(large.test.pixels.subarray(longRow, longRow + 28)).toEqual(plain.test.pixels.subarray(row, row + 28));
    expect(large.test.labels).toEqual(plain.test.labels);
  });

  it('of 16×16 is 7,291 and 2,007 of its digits, the same ones each time', async () => {
    const plain = await openDataset('mnist', mnist, [28, 28, 1]);
    const small = await openDataset('mnist-16', mnist, [16, 16, 1]);
    expect([small.train.count, small.test.count]).toEqual([7291, 2007]);
    expect(small.train.pixels.length).toBe(7291 * 256);
    const again = await openDataset('mnist-16', mnist, [16, 16, 1]);
    expect(Buffer.compare(again.train.pixels, small.train.pixels)).toBe(0);
    expect(Buffer.compare(again.test.pixels, small.test.pixels)).toBe(0);
    const third = shuffled(60_000, 1337, 0, 0)[2]!;
    const digit = plain.train.pixels.subarray(third * 784, (third + 1) * 784);
    const image = { width: 28, height: 28, channels: 1, pixels: digit };
    expect(small.train.pixels.subarray(512, 768)).toEqual(resize(image, 16, 16, 'bilinear'));
    expect(small.train.labels[2]).toBe(plain.train.labels[third]);
    // A tenth each, give or take.
    for (const count of countsOf(small.train.labels)) expect(Math.abs(count - 729)).toBeLessThan(110);
  });
});

// It is not part of the usual set-up: 139 MB.
describe.runIf(existsSync(cifar10))('CIFAR-10', () => {
  it('has 5,000 and 1,000 photographs of each class, and the published means', async () => {
    const { classes, train, test, colours } = await openDataset('cifar10', cifar10, [32, 32, 3]);
    expect(classes[train.labels[0]!]).toBe('frog');
    expect(classes[test.labels[0]!]).toBe('cat');
    expect(countsOf(train.labels)).toEqual(new Array(10).fill(5000));
    expect(countsOf(test.labels)).toEqual(new Array(10).fill(1000));
    // Widely published, and computed with NumPy from the pictures of the package; so are the axes.
    const { mean, deviation } = colourStatistics(train.pixels, 3, Infinity);
    [0.49139968, 0.48215841, 0.44653091].forEach((value, i) => expect(mean[i]! / 255).toBeCloseTo(value, 8));
    [0.24703223, 0.24348513, 0.26158784].forEach((value, i) => expect(deviation[i]! / 255).toBeCloseTo(value, 8));
    const { values, vectors } = colours();
    [0.17191071, 0.01392861, 0.00289882].forEach((value, i) => expect(values[i]! / 255 ** 2).toBeCloseTo(value, 4));
    [0.55799399, 0.57747896, 0.59595366].forEach((value, i) => expect(vectors[0]![i]).toBeCloseTo(value, 3));
  });
});
