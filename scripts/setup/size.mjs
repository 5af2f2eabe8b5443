import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How many bytes the files under a folder have now; what comes and goes meanwhile counts as nothing.
 *
 * @param {string} path
 * @returns {number}
 */
export function bytesUnder(path) {
  try {
    const stats = lstatSync(path);
    if (!stats.isDirectory()) return stats.size;
    return readdirSync(path).reduce((sum, name) => sum + bytesUnder(join(path, name)), 0);
  } catch {
    return 0;
  }
}
