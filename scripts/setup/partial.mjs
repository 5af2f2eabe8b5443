import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Work folders of this process: an interruption leaves them behind, never a half-made result.
 *
 * @type {Set<string>}
 */
const ours = new Set();
process.on('exit', () => {
  for (const folder of ours) rmSync(folder, { recursive: true, force: true });
});

/**
 * Does some work in a fresh folder inside `parent`, from where the finished thing is renamed to its place; the folder goes afterwards.
 *
 * The folder is named after this process; those of processes that have died are swept away first.
 *
 * @template T
 * @param {string} parent a folder of the same file system as the result's place, or renaming would not be atomic
 * @param {string} name
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inPartialFolder(parent, name, work) {
  mkdirSync(parent, { recursive: true });
  sweep(parent);
  const folder = join(parent, `.partial-${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  ours.add(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    ours.delete(folder);
  }
}

/**
 * Removes what interrupted processes left behind.
 *
 * @param {string} parent
 */
function sweep(parent) {
  for (const name of readdirSync(parent)) {
    const process = /^\.partial-.*-(\d+)$/.exec(name)?.[1];
    if (process && !isAlive(Number(process))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
