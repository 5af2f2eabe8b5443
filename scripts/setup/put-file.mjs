import { copyFileSync, linkSync, renameSync, rmSync } from 'node:fs';

/**
 * Puts a file of the cache in its place as a hard link (a copy where the file systems differ), replacing what is there in one step.
 *
 * @param {string} source
 * @param {string} place
 */
export function putFile(source, place) {
  const partial = `${place}.${process.pid}`;
  rmSync(partial, { force: true });
  try {
    linkSync(source, partial);
  } catch {
    copyFileSync(source, partial);
  }
  renameSync(partial, place);
  // Renaming a link onto another link of the same file does nothing, and leaves both.
  rmSync(partial, { force: true });
}
