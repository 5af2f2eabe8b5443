import manifest from '../../../shared/dataset/cifar10.json' with { type: 'json' };
import { readChecked, type Remedy } from './checked-file.ts';
import { readCifarRecords } from './cifar-records.ts';
import type { DatasetFiles } from './dataset.ts';

const remedy: Remedy = {
  missing: 'fetch CIFAR-10 with `npm run setup -- --cifar10` (139 MB)',
  corrupt: 'make it again with `npm run setup -- --only cifar10`',
};

/**
 * CIFAR-10 (Krizhevsky, 2009): 50,000 training and 10,000 test photographs, 32×32×3, in ten classes of equal size.
 *
 * @param folder holds the six files of the binary version; their hashes are those of the official ones.
 * @throws DatasetError naming the file that is missing, or is not the published one byte for byte.
 */
export async function readCifar10(folder: string): Promise<DatasetFiles> {
  const { test, ...batches } = manifest.files;
  const train: Uint8Array[] = [];
  // One after another: six hashes at once would only wait for each other.
  for (const file of Object.values(batches)) train.push(await readChecked(folder, file, remedy));
  return {
    classes: manifest.classes,
    train: readCifarRecords(train),
    test: readCifarRecords([await readChecked(folder, test, remedy)]),
    skipped: [],
  };
}
