import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { saveFailureFromError, writeFileWhole } from './write-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-save-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i);
const failureOf = (writing: Promise<void>) => writing.then(() => 'written', saveFailureFromError);

describe('writing a file whole', () => {
  it('writes just these bytes and leaves no other file behind', async () => {
    await writeFileWhole(join(folder, 'תרשים 1.png'), bytes);
    expect(readdirSync(folder)).toEqual(['תרשים 1.png']);
    expect(Uint8Array.from(readFileSync(join(folder, 'תרשים 1.png')))).toEqual(bytes);
  });

  it('takes the place of what was there', async () => {
    const file = join(folder, 'a.npy');
    writeFileSync(file, 'something longer that was there before'.repeat(100));
    await writeFileWhole(file, bytes);
    expect(Uint8Array.from(readFileSync(file))).toEqual(bytes);
  });

  it('writes only the view that it is given, not the whole buffer', async () => {
    const file = join(folder, 'a.npy');
    await writeFileWhole(file, new Uint8Array(bytes.buffer, 10, 5));
    expect([...readFileSync(file)]).toEqual([10, 11, 12, 13, 14]);
  });

  it('writes several pieces one after the other', async () => {
    const file = join(folder, 'a.safetensors');
    await writeFileWhole(file, [bytes.subarray(0, 3), new Uint8Array(0), bytes.subarray(3)]);
    expect(Uint8Array.from(readFileSync(file))).toEqual(bytes);
  });

  it('has no such folder where the folder is missing or is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await failureOf(writeFileWhole(join(folder, 'gone', 'a.png'), bytes))).toBe('no-such-folder');
    expect(await failureOf(writeFileWhole(join(folder, 'file', 'a.png'), bytes))).toBe('no-such-folder');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('takes the place of no folder', async () => {
    mkdirSync(join(folder, 'a.png'));
    expect(await failureOf(writeFileWhole(join(folder, 'a.png'), bytes))).toBe('not-a-file');
    expect(readdirSync(folder)).toEqual(['a.png']);
  });

  it.skipIf(process.platform === 'win32')('takes the place of no device, not even through a link', async () => {
    symlinkSync('/dev/null', join(folder, 'a.png'));
    expect(await failureOf(writeFileWhole(join(folder, 'a.png'), bytes))).toBe('not-a-file');
    expect(await failureOf(writeFileWhole('/dev/null', bytes))).toBe('not-a-file');
  });

  it('says so when the name is too long for the disk', async () => {
    expect(await failureOf(writeFileWhole(join(folder, `${'a'.repeat(300)}.png`), bytes))).toBe('name-too-long');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the reason for which a file could not be written', () => {
  it.each([
    ['ENOSPC', 'no-space'],
    ['EDQUOT', 'no-space'],
    ['EACCES', 'not-permitted'],
    ['EPERM', 'not-permitted'],
    ['EROFS', 'not-permitted'],
    ['EIO', 'unknown'],
  ])('%s is %s', (code, reason) => {
    expect(saveFailureFromError(Object.assign(new Error('said by the system'), { code }))).toBe(reason);
  });

  it('is unknown for what no system said', () => {
    expect(saveFailureFromError(new Error('something else'))).toBe('unknown');
    expect(saveFailureFromError(undefined)).toBe('unknown');
  });
});
