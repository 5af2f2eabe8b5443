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
    const wanted = Object.values(lockIn(join(root, 'package-lock.json'))).filter(isForThisPlatform).length - 1;
    let fetched = 0;
    const install = () =>
      succeeding(
        runNpm(['ci', '--loglevel', 'http', '--no-audit', '--no-fund'], {
          cwd: root,
          onErrors: (text) => (fetched += (text.match(/^npm http .*\.tgz/gm) ?? []).length),
        }),
        complaintFrom,
      );
    await progress.during('installing the npm packages', install, {
      received: () => fetched,
      total: wanted,
      unit: 'packages',
    });
  },
};

/**
 * What to say when npm ci fails: a lock that it refuses has another remedy than a network that fails.
 *
 * @param {string} cause
 * @returns {Complaint}
 */
function complaintFrom(cause) {
  return /are in sync/.test(cause)
    ? new Complaint(
        'npm ci refuses package-lock.json: it does not name every package that package.json asks for.',
        'See with `npm ci --loglevel notice` which ones are missing; `npm install` writes the lock anew.',
      )
    : new Complaint(
        `npm ci failed (${cause}).`,
        'See with `npm ping` whether the package registry can be reached; `npm ci --loglevel notice` shows all that npm says.',
      );
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage
 * @typedef {Record<string, LockedPackage>} LockedPackages
 */

/**
 * Whether npm installs a package here at all: half of the native ones are other systems' twins.
 *
 * @param {LockedPackage} locked
 * @returns {boolean}
 */
function isForThisPlatform({ os, cpu }) {
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
}

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
