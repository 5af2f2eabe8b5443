import * as jpeg from 'jpeg-js';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatasetError } from './dataset.ts';
import { readFolder } from './folder.ts';

type Colour = readonly [red: number, green: number, blue: number];

function rgba(width: number, height: number, [red, green, blue]: Colour): Buffer {
  return Buffer.from(Array.from({ length: width * height }, () => [red, green, blue, 255]).flat());
}

function png(width: number, height: number, colour: Colour): Buffer {
  const image = new PNG({ width, height });
  image.data = rgba(width, height, colour);
  return PNG.sync.write(image);
}

describe('a folder of images of one’s own', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convolens-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function put(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }

  /** Ten red PNGs in `red`, and four green JPEGs in `green`, none of them square. */
  async function putTwoClasses(): Promise<void> {
    for (let i = 0; i < 10; i++) await put(`red/${i}.png`, png(6 + i, 5, [200, 0, 0]));
    for (let i = 0; i < 4; i++) {
      await put(`green/${i}.JPG`, jpeg.encode({ width: 8, height: 9, data: rgba(8, 9, [0, 180, 0]) }, 95).data);
    }
  }

  it('becomes squares of one size with a class a folder, by name', async () => {
    await putTwoClasses();
    const { classes, train, test, skipped } = await readFolder(folder, [4, 4, 3]);
    expect(classes).toEqual(['green', 'red']);
    expect(skipped).toEqual([]);
    expect([train.count, test.count]).toEqual([3 + 9, 1 + 1]);
    expect(train.shape).toEqual([4, 4, 3]);
    expect([...train.labels]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...test.labels]).toEqual([0, 1]);
    expect(train.pixels.length).toBe(12 * 48);
    expect([...train.pixels.subarray(-3)]).toEqual([200, 0, 0]);
    [0, 180, 0].forEach((value, i) => expect(Math.abs(test.pixels[i]! - value)).toBeLessThan(6));
  });

  it('is split in the same way each time, whatever else is in it', async () => {
    for (let i = 0; i < 30; i++) await put(`a/${i}.png`, png(2, 2, [i, 0, 0]));
    const first = await readFolder(folder, [2, 2, 3]);
    expect(first.test.count).toBe(3);
    await put('b/0.png', png(2, 2, [0, 1, 0]));
    await put('b/1.png', png(2, 2, [0, 2, 0]));
    const second = await readFolder(folder, [2, 2, 3]);
    expect(second.test.pixels.subarray(0, 3 * 12)).toEqual(first.test.pixels);
    const reds = ({ pixels }: { pixels: Uint8Array }) => [...pixels].filter((_, at) => at % 12 === 0);
    const all = [...reds(first.train), ...reds(first.test)].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('becomes grey for a network of one channel', async () => {
    await put('a/0.png', png(3, 3, [255, 0, 0]));
    await put('a/1.png', png(3, 3, [255, 0, 0]));
    const { train } = await readFolder(folder, [3, 3, 1]);
    expect(train.shape).toEqual([3, 3, 1]);
    // 0.299 · 255
    expect([...train.pixels]).toEqual(new Array(9).fill(76));
  });

  it('loses files that cannot be read, each with its name and a reason', async () => {
    await putTwoClasses();
    await put('red/broken.png', png(9, 9, [1, 2, 3]).subarray(0, 60));
    await put('red/notes.txt', Buffer.from('not an image'));
    await put('red/words.jpg', Buffer.from('not an image either'));
    await put('.hidden/0.png', Buffer.from('passed over'));
    const { train, skipped, classes } = await readFolder(folder, [4, 4, 3]);
    expect(classes).toEqual(['green', 'red']);
    expect(train.count).toBe(12);
    const reasons = Object.fromEntries(skipped.map(({ file, reason }) => [file.slice(folder.length + 1), reason]));
    expect(reasons['red/broken.png']).toContain('cannot be decoded');
    expect(reasons['red/notes.txt']).toContain('does not end in');
    expect(reasons['red/words.jpg']).toContain('neither a PNG nor a JPEG');
  });

  it('is refused when a class has nothing left to train on', async () => {
    await putTwoClasses();
    await put('blue/0.png', png(4, 4, [0, 0, 9]));
    await put('blue/1.png', Buffer.from('not an image'));
    const reading = readFolder(folder, [4, 4, 3]);
    await expect(reading).rejects.toThrow(DatasetError);
    await expect(reading).rejects.toThrow('The class blue has 1 images that can be read');
    await expect(reading).rejects.toThrow('1.png was skipped');
  });

  it('is refused without folders in it, and when it is not there', async () => {
    await put('0.png', png(4, 4, [0, 0, 9]));
    await expect(readFolder(folder, [4, 4, 3])).rejects.toThrow('holds no folders: put the images of each class');
    await expect(readFolder(join(folder, 'gone'), [4, 4, 3])).rejects.toThrow('gone cannot be read');
  });

  it('is refused before it is read when it would not fit into memory', async () => {
    await putTwoClasses();
    const reading = readFolder(folder, [256, 256, 3], 6_000_000);
    await expect(reading).rejects.toThrow('The 14 images');
    await expect(reading).rejects.toThrow('use at most 10 images');
  });
});
