import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inPartialFolder } from './partial.mjs';

describe('a partial folder', () => {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'convolens-partial-'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('sweeps away what a process that has died left behind', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const left = join(parent, `.partial-thing-${dead}`);
    mkdirSync(left);
    await inPartialFolder(parent, 'thing', async () => expect(existsSync(left)).toBe(false));
  });

  it('leaves alone what a living process works in', async () => {
    const alive = join(parent, `.partial-thing-${process.ppid}`);
    mkdirSync(alive);
    await inPartialFolder(parent, 'thing', async () => expect(existsSync(alive)).toBe(true));
  });
});
