import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkerLog } from './worker-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'convolens-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const written = (): string => readFileSync(join(folder, 'worker.log'), 'utf8');

describe("the worker's log", () => {
  it('holds what was said, in order, over several writes', async () => {
    const log = new WorkerLog(folder);
    log.append('one\n');
    log.append('two\n');
    await vi.waitFor(() => expect(written()).toBe('one\ntwo\n'), 3000);
    log.append('three\n');
    await vi.waitFor(() => expect(written()).toBe('one\ntwo\nthree\n'), 3000);
  });

  it('keeps the last 64 kB of a flood', async () => {
    const log = new WorkerLog(folder);
    for (let line = 0; line < 100_000; line += 1) log.append(`line ${String(line)}\n`);
    await vi.waitFor(() => expect(written()).toMatch(/line 99999\n$/), 3000);
    expect(written().length).toBe(64 * 1024);
  });

  it('begins a new file before one grows over 1 MB, and keeps only the last one', async () => {
    writeFileSync(join(folder, 'worker.log'), Buffer.alloc(1024 * 1024, 'x'));
    const log = new WorkerLog(folder);
    log.append('new\n');
    await vi.waitFor(() => expect(written()).toBe('new\n'), 3000);
    expect(readdirSync(folder).sort()).toEqual(['worker.log', 'worker.previous.log']);
  });

  it('is lost in silence where it cannot be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const log = new WorkerLog(join(folder, 'file'));
    log.append('lost\n');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
  });
});
