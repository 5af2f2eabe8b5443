import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Moment } from '../../../shared/contract.ts';
import { frameLayout, planeOf, rangeOf } from '../../../shared/frame/layout.ts';
import { presetIds, presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { Dice } from '../../../shared/random/testing/dice.ts';
import { float32sOf, readSafetensors } from '../../../shared/safetensors/read.ts';
import { momentHeader, spansOf } from './moment-file.ts';
import { readMomentIndex } from './moment-index.ts';
import { MomentStore, mostMoments, type Writing } from './moment-store.ts';

const layout = frameLayout(trace(presets['lenet5-1998']({})));
const dice = new Dice(8);
let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'convolens-moments-'));
  folder = join(parent, 'moments');
});
afterEach(() => rmSync(parent, { recursive: true }));

const momentAt = (id: number, step = id): Moment => ({
  id,
  step,
  loss: id === 0 ? null : 1 / id,
  accuracy: id === 0 ? null : 0.5,
  testAccuracy: null,
  image: { source: 'test', index: 0 },
});
const frameOf = (seed: number) => Uint8Array.from({ length: layout.bytes }, (_, at) => (at * seed + seed) % 251);
const keep = (store: MomentStore, id: number, step = id) =>
  store.keep(momentAt(id, step), momentHeader(layout, momentAt(id, step)), frameOf(id));
const files = () => readdirSync(folder).sort();
const bytesOnDisk = () => files().reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
const idsOnDisk = async () => (await readMomentIndex(folder)).map(({ moment }) => moment.id);

/** A disk that takes so many bytes: what is written beyond them is torn. */
function smallDisk(bytes: number): Writing & { left: number } {
  const disk = {
    left: bytes,
    async write(path: string, pieces: readonly Uint8Array[]) {
      for (const [index, piece] of pieces.entries()) {
        await writeFile(path, piece.subarray(0, disk.left), { flag: index === 0 ? 'w' : 'a' });
        disk.charge(piece.length);
      }
    },
    async append(path: string, text: string) {
      await appendFile(path, text.slice(0, disk.left));
      disk.charge(text.length);
    },
    charge(length: number) {
      disk.left -= length;
      if (disk.left >= 0) return;
      disk.left = 0;
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    },
  };
  return disk;
}

describe('a moment’s file', () => {
  it.each(presetIds)('of %s is a safetensors file with each part and its ranges', (id) => {
    const all = frameLayout(trace(presets[id].choose({}).network));
    const frame = dice.numbers(all.bytes / 4);
    const bytes = new Uint8Array(frame.buffer);
    const header = momentHeader(all, momentAt(3));
    const file = new Uint8Array(header.length + bytes.length);
    file.set(header);
    file.set(bytes, header.length);
    const { tensors, metadata } = readSafetensors(file, 'moment');
    expect(JSON.parse(metadata['moment']!)).toEqual(momentAt(3));
    for (const part of all.parts) {
      const stored = tensors.get(`${part.layer}/${part.part}`)!;
      const ranges = float32sOf(tensors.get(`${part.layer}/${part.part}.ranges`)!);
      expect(stored.shape).toEqual([part.planes, part.height, part.width]);
      const plane = part.planes - 1;
      const size = part.height * part.width;
      expect(stored.bytes.subarray(plane * size)).toEqual(planeOf(bytes, part, plane));
      const { min, max } = rangeOf(bytes, part, plane);
      expect([...ranges.subarray(plane * 2)]).toEqual([min, max]);
    }
  });
});

describe('the store', () => {
  it('gives back each moment, and a part of all', async () => {
    const store = new MomentStore(folder, 1e8);
    for (let id = 0; id < 5; id++)
      expect(await keep(store, id)).toEqual({ added: [momentAt(id)], dropped: [], trouble: null });
    for (let id = 0; id < 5; id++) expect(await store.read(id)).toEqual({ moment: momentAt(id), bytes: frameOf(id) });
    expect(await store.read(5)).toBeNull();
    const part = layout.parts.find(({ layer, part }) => layer === 'C3' && part === 'kernels')!;
    const { ranges, values } = spansOf(part);
    const { moments, bytes } = await store.readPart(part, 1e8);
    expect(moments.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    const stride = bytes.length / 5;
    expect(stride).toBe(96 * 8 + 96 * 25);
    for (let id = 0; id < 5; id++) {
      const one = bytes.subarray(id * stride, (id + 1) * stride);
      expect(one.subarray(0, 768)).toEqual(frameOf(id).subarray(ranges.begin, ranges.begin + 768));
      expect(one.subarray(768)).toEqual(frameOf(id).subarray(values.begin, values.begin + 2400));
    }
  });

  it('pads a part to four bytes', async () => {
    const store = new MomentStore(folder, 1e8);
    await keep(store, 1);
    await keep(store, 2);
    const part = { ...layout.parts[0]!, planes: 1, height: 1, width: 10 };
    const { bytes } = await store.readPart(part, 1e8);
    expect(bytes).toHaveLength(2 * 20);
    expect([...bytes.subarray(18, 20), ...bytes.subarray(38)]).toEqual([0, 0, 0, 0]);
  });

  it('gives as many of all as there is memory for, evenly, the first and the last among them', async () => {
    const store = new MomentStore(folder, 1e8);
    for (let id = 0; id < 21; id++) await keep(store, id);
    const part = layout.parts[0]!;
    const { moments, bytes } = await store.readPart(part, 5 * (8 + 1024) + 3);
    expect(moments.map(({ id }) => id)).toEqual([0, 5, 10, 15, 20]);
    expect(bytes).toHaveLength(5 * 1032);
  });

  it('is never larger than it may be, and keeps the first, the last and the protected ones', async () => {
    const budget = 100_000;
    const store = new MomentStore(folder, budget);
    await keep(store, 0);
    await keep(store, 1);
    await store.protect([1]);
    const gone = new Set<number>();
    for (let id = 2; id < 120; id++) {
      const { dropped, trouble } = await keep(store, id, id * 3);
      for (const each of dropped) gone.add(each);
      expect(trouble).toBeNull();
      expect(bytesOnDisk()).toBeLessThanOrEqual(budget);
      expect(store.bytes).toBe(bytesOnDisk());
    }
    const left = await idsOnDisk();
    expect(left.slice(0, 2)).toEqual([0, 1]);
    expect(left.at(-1)).toBe(119);
    expect(left.length + gone.size).toBe(120);
    expect(left.some((id) => gone.has(id))).toBe(false);
    // One file a moment, and an index that does not remember all that has been.
    expect(files()).toHaveLength(left.length + 1);
    expect(readFileSync(join(folder, 'index.jsonl'), 'utf8').split('\n').length).toBeLessThan(150);
  });

  it('says that it may not keep enough, and goes on once it may', async () => {
    const store = new MomentStore(folder, 1e8);
    await keep(store, 0);
    const { bytes } = store;
    await store.allow(bytes + 2000);
    await store.protect([0]);
    const refused = await keep(store, 1);
    expect(refused).toMatchObject({ added: [], dropped: [] });
    expect(refused.trouble).toMatch(/are not enough for another moment beside those that are to stay: allow more/);
    expect(await idsOnDisk()).toEqual([0]);
    await store.allow(3 * bytes);
    expect(await keep(store, 2)).toMatchObject({ added: [momentAt(2)], trouble: null });
  });

  it('drops what a smaller budget has no room for, and all with none', async () => {
    const store = new MomentStore(folder, 1e8);
    for (let id = 0; id < 40; id++) await keep(store, id);
    const { dropped } = await store.allow(60_000);
    expect(dropped.length).toBeGreaterThan(20);
    expect(bytesOnDisk()).toBeLessThanOrEqual(60_000);
    const left = await idsOnDisk();
    expect([left[0], left.at(-1), left.length]).toEqual([0, 39, 40 - dropped.length]);
    expect((await store.allow(0)).dropped).toEqual(left);
    expect(existsSync(folder)).toBe(false);
    expect(store.bytes).toBe(0);
  });

  it('holds a bounded number of small moments', async () => {
    const store = new MomentStore(folder, 1e9);
    const tiny = { ...layout, parts: [], planes: 0, bytes: 4 };
    let count = 0;
    for (let id = 0; id < mostMoments + 30; id++) {
      const { added, dropped } = await store.keep(momentAt(id), momentHeader(tiny, momentAt(id)), new Uint8Array(4));
      count += added.length - dropped.length;
    }
    expect(count).toBe(mostMoments);
    expect(await idsOnDisk()).toHaveLength(mostMoments);
  });

  it('begins anew in the same folder', async () => {
    const store = new MomentStore(folder, 1e8);
    await keep(store, 0);
    await keep(store, 1);
    expect(await store.clear()).toEqual({ added: [], dropped: [0, 1], trouble: null });
    expect(await store.read(1)).toBeNull();
    await keep(store, 2);
    expect(await idsOnDisk()).toEqual([2]);
  });

  it('leaves out moments whose files have gone', async () => {
    const store = new MomentStore(folder, 1e8);
    for (let id = 0; id < 3; id++) await keep(store, id);
    rmSync(join(folder, '00000001.safetensors'));
    expect(await store.read(1)).toBeNull();
    const { moments, bytes } = await store.readPart(layout.parts[0]!, 1e8);
    expect(moments.map(({ id }) => id)).toEqual([0, 2]);
    expect(bytes).toHaveLength(2 * 1032);
    expect(await idsOnDisk()).toEqual([0, 2]);
  });
});

describe('after a crash', () => {
  it('a torn last line and a torn file are as if they were not there', async () => {
    const store = new MomentStore(folder, 1e8);
    for (let id = 0; id < 4; id++) await keep(store, id);
    const index = join(folder, 'index.jsonl');
    const whole = readFileSync(index, 'utf8');
    const last = whole.trimEnd().lastIndexOf('\n') + 1;
    for (let cut = last; cut < whole.length - 1; cut += 7) {
      writeFileSync(index, whole.slice(0, cut));
      expect(await idsOnDisk()).toEqual([0, 1, 2]);
    }
    writeFileSync(index, whole);
    const file = join(folder, '00000002.safetensors');
    writeFileSync(file, readFileSync(file).subarray(0, 5000));
    expect(await idsOnDisk()).toEqual([0, 1, 3]);
  });

  it('lines that are none are passed over, and nothing outside the folder is named', async () => {
    const store = new MomentStore(folder, 1e8);
    await keep(store, 0);
    const line = { moment: momentAt(7), file: '../00000000.safetensors', begin: 8, bytes: 9 };
    appendFileSync(join(folder, 'index.jsonl'), `\u0000\u0000\n[]\n{"moment":3}\n${JSON.stringify(line)}\n`);
    await keep(store, 1);
    expect(await idsOnDisk()).toEqual([0, 1]);
  });

  it('an index of a later version is none that we read', async () => {
    const store = new MomentStore(folder, 1e8);
    await keep(store, 0);
    const index = join(folder, 'index.jsonl');
    writeFileSync(index, readFileSync(index, 'utf8').replace('"version":1', '"version":2'));
    await expect(readMomentIndex(folder)).rejects.toThrow('is no index of moments that this version reads');
  });
});

describe('a disk that is full', () => {
  it('costs the moment, leaves nothing half, and is told of; with room again, moments come again', async () => {
    const size = momentHeader(layout, momentAt(0)).length + layout.bytes;
    const disk = smallDisk(3.5 * size);
    const store = new MomentStore(folder, 1e8, disk);
    for (let id = 0; id < 3; id++) expect((await keep(store, id)).trouble).toBeNull();
    for (let id = 3; id < 6; id++) {
      const { added, trouble } = await keep(store, id);
      expect(added).toEqual([]);
      expect(trouble).toMatch(/^A moment could not be kept: ENOSPC/);
      expect(await idsOnDisk()).toEqual([0, 1, 2]);
      expect(files()).toHaveLength(4);
    }
    disk.left = 10 * size;
    expect(await keep(store, 6)).toEqual({ added: [momentAt(6)], dropped: [], trouble: null });
    expect(await idsOnDisk()).toEqual([0, 1, 2, 6]);
    expect(store.bytes).toBe(bytesOnDisk());
  });

  it('may tear a line of the index, which is mended', async () => {
    const size = momentHeader(layout, momentAt(0)).length + layout.bytes;
    const disk = smallDisk(1e9);
    const store = new MomentStore(folder, 1e8, disk);
    await keep(store, 0);
    disk.left = size + 30;
    expect((await keep(store, 1)).trouble).toMatch(/ENOSPC/);
    expect(files()).toEqual(['00000000.safetensors', 'index.jsonl']);
    disk.left = 1e9;
    await keep(store, 2);
    expect(await idsOnDisk()).toEqual([0, 2]);
  });

  it('costs at most one of the old ones where others had to make room', async () => {
    const disk = smallDisk(1e9);
    const store = new MomentStore(folder, 100_000, disk);
    let id = 0;
    while ((await keep(store, id)).dropped.length === 0) id += 1;
    const before = (await idsOnDisk()).length;
    disk.left = 0;
    const lost = (await Promise.all([1, 2, 3].map((more) => keep(store, id + more)))).flatMap(({ dropped }) => dropped);
    expect(lost).toHaveLength(1);
    expect(await idsOnDisk()).toHaveLength(before - 1);
  });

  it('a folder that cannot be made is trouble, and nothing else', async () => {
    writeFileSync(join(parent, 'file'), '');
    const store = new MomentStore(join(parent, 'file', 'moments'), 1e8);
    expect(await keep(store, 0)).toMatchObject({ added: [], trouble: expect.stringMatching(/ENOTDIR/) as string });
    expect(store.bytes).toBe(0);
  });
});
