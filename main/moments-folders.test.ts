import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MomentsFolders } from './moments-folders.ts';

let root: string;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'convolens-folders-')), 'moments');
});
afterEach(() => rmSync(join(root, '..'), { recursive: true }));

/** A worker's folder with a moment in it. */
function used(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '00000000.safetensors'), 'frame');
  return folder;
}

it('gives each worker a folder of its own, and removes those of the others and of a crash', async () => {
  const left = used(join(root, 'left-by-a-crash'));
  const folders = new MomentsFolders(root);
  const first = used(folders.fresh());
  await vi.waitFor(() => expect(existsSync(left)).toBe(false));
  expect(existsSync(first)).toBe(true);
  const second = used(folders.fresh());
  await vi.waitFor(() => expect(readdirSync(root)).toEqual([second.slice(root.length + 1)]));
});

it('removes all when the app ends, also what is not there', () => {
  const folders = new MomentsFolders(root);
  folders.removeAll();
  used(folders.fresh());
  folders.removeAll();
  expect(existsSync(root)).toBe(false);
});
