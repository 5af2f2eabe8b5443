import { describe, expect, it } from 'vitest';
import { isMadeFrom } from './packages.mjs';

describe('node_modules', () => {
  const svelte = { version: '5.0.0', integrity: 'sha512-a' };
  const lock = { '': {}, 'node_modules/svelte': svelte };

  it('is up to date when it holds what the lock says', () => {
    expect(isMadeFrom(lock, { 'node_modules/svelte': svelte })).toBe(true);
  });

  it('may lack optional packages, which are for other platforms', () => {
    const withOptional = { ...lock, 'node_modules/fsevents': { version: '2.3.3', optional: true } };
    expect(isMadeFrom(withOptional, { 'node_modules/svelte': svelte })).toBe(true);
  });

  it('is out of date when a package is missing, has another version, or is too much', () => {
    expect(isMadeFrom(lock, {})).toBe(false);
    expect(isMadeFrom(lock, { 'node_modules/svelte': { version: '4.0.0', integrity: 'sha512-b' } })).toBe(false);
    expect(isMadeFrom(lock, { 'node_modules/svelte': svelte, 'node_modules/old': svelte })).toBe(false);
  });
});
