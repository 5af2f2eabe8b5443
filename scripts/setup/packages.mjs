import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { root } from './root.mjs';

/**
 * The npm packages of package-lock.json.
 *
 * npm writes what it installed into node_modules as a lock of its own, last of all: comparing the two notices another lock
 * and an interrupted installation alike, and accepts what a plain `npm install` made.
 *
 * @type {import('./part.mjs').Part}
 */
export const packages = {
  name: 'packages',
  isDone: () => {
    const installed = join(root, 'node_modules', '.package-lock.json');
    return existsSync(installed) && isMadeFrom(lockIn(join(root, 'package-lock.json')), lockIn(installed));
  },
  async run(_context, progress) {
    const wanted = Object.keys(lockIn(join(root, 'package-lock.json'))).length - 1;
    let fetched = 0;
    const install = () =>
      succeeding(
        runNpm(['ci', '--loglevel', 'http', '--no-audit', '--no-fund'], {
          cwd: root,
          onErrors: (text) => (fetched += (text.match(/^npm http .*\.tgz/gm) ?? []).length),
        }),
        (cause) =>
          new Complaint(
            `npm ci failed (${cause}).`,
            'See with `npm ping` whether the package registry can be reached; `npm ci --loglevel notice` shows all that npm says.',
          ),
      );
    await progress.during('installing the npm packages', install, {
      received: () => fetched,
      total: wanted,
      unit: 'packages',
    });
  },
};

/**
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} LockedPackages
 */

/**
 * Whether what is installed is what the lock says. Optional packages may be missing: they are for other platforms.
 *
 * @param {LockedPackages} locked
 * @param {LockedPackages} installed
 * @returns {boolean}
 */
export function isMadeFrom(locked, installed) {
  const areThere = Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path];
    if (path === '') return true;
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
  return areThere && Object.keys(installed).every((path) => path in locked);
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
function lockIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
