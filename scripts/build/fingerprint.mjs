import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build reads, relative to the checkout. */
const inputs = [
  'main',
  'renderer',
  'shared',
  'resources',
  'project.inlang/settings.json',
  'electron.vite.config.ts',
  'svelte.config.js',
];
const configuration = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.web.json',
  'tsconfig.node.json',
];

/** What is inside those and has no influence: what the build makes itself, datasets, and tests. */
const ignored = /^(renderer\/messages\/compiled|resources\/datasets)$|\.test\.ts$/;

/**
 * A short text that changes when any file that the build reads changes its name, size or time.
 *
 * @param {string} root
 * @returns {string}
 */
export function fingerprint(root) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const take = (path) => {
    if (ignored.test(path)) return;
    const stats = statSync(join(root, path));
    if (stats.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) take(`${path}/${name}`);
    } else {
      hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
    }
  };
  for (const path of [...inputs, ...configuration]) {
    if (existsSync(join(root, path))) take(path);
  }
  return hash.digest('hex');
}
