import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.mjs';

describe('the fingerprint of the sources', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'convolens-fingerprint-'));
    for (const folder of ['main', 'renderer/messages/compiled']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'main/index.ts'), 'one');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('changes with a source file', () => {
    const before = fingerprint(root);
    writeFileSync(join(root, 'main/index.ts'), 'three');
    expect(fingerprint(root)).not.toBe(before);
  });

  it('does not change with tests, or with what the build makes itself', () => {
    const before = fingerprint(root);
    writeFileSync(join(root, 'main/index.test.ts'), 'a test');
    writeFileSync(join(root, 'renderer/messages/compiled/en.js'), 'made');
    expect(fingerprint(root)).toBe(before);
  });
});
