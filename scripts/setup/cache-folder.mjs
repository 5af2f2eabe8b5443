import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * Where downloads and what is made from them are kept: outside the repository, shared by all checkouts of this user.
 *
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} environment
 * @param {string} home
 * @returns {string}
 */
export function cacheFolder(platform = process.platform, environment = process.env, home = homedir()) {
  if (environment['CONVOLENS_CACHE']) return environment['CONVOLENS_CACHE'];
  if (platform === 'win32') {
    return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'convolens', 'cache');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'convolens');
  return posix.join(environment['XDG_CACHE_HOME'] || posix.join(home, '.cache'), 'convolens');
}
