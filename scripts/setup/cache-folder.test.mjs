import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.mjs';

describe('the cache folder', () => {
  it('is where CONVOLENS_CACHE says on every platform', () => {
    for (const platform of /** @type {const} */ (['linux', 'darwin', 'win32'])) {
      expect(cacheFolder(platform, { CONVOLENS_CACHE: 'chosen' }, 'home')).toBe('chosen');
    }
  });

  it('follows XDG_CACHE_HOME on Linux, else is in ~/.cache', () => {
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '/xdg' }, '/home/ada')).toBe('/xdg/convolens');
    expect(cacheFolder('linux', {}, '/home/ada')).toBe('/home/ada/.cache/convolens');
  });

  it('is in ~/Library/Caches on macOS', () => {
    expect(cacheFolder('darwin', {}, '/Users/ada')).toBe('/Users/ada/Library/Caches/convolens');
  });

  it('is in %LOCALAPPDATA% on Windows', () => {
    expect(cacheFolder('win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Users\\ada')).toBe('C:\\Local\\convolens\\cache');
  });
});
