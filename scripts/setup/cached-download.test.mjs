import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedDownload } from './cached-download.mjs';

describe('a cached download', () => {
  const right = 'the right bytes';
  const hash = { algorithm: /** @type {const} */ ('sha256'), value: createHash('sha256').update(right).digest('hex') };
  let folder = '';
  let file = '';
  let fetches = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'convolens-download-'));
    file = join(folder, 'thing.tgz');
    fetches = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** @param {string} text */
  const fetching = (text) =>
    cachedDownload({
      what: 'the thing',
      file,
      hash,
      async fetch(into) {
        fetches++;
        writeFileSync(join(into, 'under-any-name'), text);
      },
    });

  it('is fetched once and then taken from the cache', async () => {
    expect(await fetching(right)).toBe(file);
    expect(await fetching(right)).toBe(file);
    expect(fetches).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(right);
  });

  it('is fetched again when the cached file is corrupt', async () => {
    writeFileSync(file, 'the wrong bytes');
    await fetching(right);
    expect(fetches).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(right);
  });

  it('never enters the cache with a wrong hash', async () => {
    await expect(fetching('something else')).rejects.toThrow('is not what was expected');
    expect(existsSync(file)).toBe(false);
  });

  it('leaves no work folder behind, whether it went well or not', async () => {
    await fetching('something else').catch(() => {});
    await fetching(right);
    expect(readdirSync(folder)).toEqual(['thing.tgz']);
  });
});
