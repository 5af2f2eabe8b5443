import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Complaint } from './complaint.mjs';
import { hashOfFile } from './hash.mjs';
import { inPartialFolder } from './partial.mjs';

/**
 * A file that is downloaded once: its place in the cache, the hash it must have, and who fetches it into a folder.
 *
 * @typedef {object} Download
 * @property {string} what the thing's name for sentences, `Electron 33.2.1`
 * @property {string} file
 * @property {{ algorithm: 'sha256' | 'sha512', value: string }} hash
 * @property {(folder: string) => Promise<void>} fetch leaves one file in the folder, under any name
 */

/**
 * The path of a download with the pinned hash: from the cache, or fetched now.
 *
 * A cached file with another hash is deleted and fetched again. A fetched one is renamed into the cache only when its hash is right.
 *
 * @param {Download} download
 * @returns {Promise<string>}
 */
export async function cachedDownload({ what, file, hash, fetch }) {
  if (existsSync(file)) {
    if ((await hashOfFile(hash.algorithm, file)) === hash.value) return file;
    rmSync(file);
  }
  const parent = dirname(file);
  mkdirSync(parent, { recursive: true });
  await inPartialFolder(parent, 'download', async (folder) => {
    const here = join(folder, 'here');
    mkdirSync(here);
    await fetch(here);
    const [name, ...others] = readdirSync(here);
    if (name === undefined || others.length > 0) {
      throw new Complaint(`The download of ${what} left no file.`, 'Run `npm run setup` again.');
    }
    const fetched = join(here, name);
    const found = await hashOfFile(hash.algorithm, fetched);
    if (found !== hash.value) {
      throw new Complaint(
        `What was downloaded as ${what} is not what was expected: its ${hash.algorithm} is ${found}, not ${hash.value}.`,
        'Something between this machine and the package registry may have changed it; try again, or on another network.',
      );
    }
    renameSync(fetched, file);
  });
  return file;
}
