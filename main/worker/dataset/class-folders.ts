import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { DatasetError, type SkippedFile } from './dataset.ts';

/** A class of images of one's own: a folder and its image files. */
export type ClassFolder = {
  readonly name: string;
  /** Paths, in an order that depends on their names alone; of these the first `testCount` that can be read are for testing. */
  readonly files: readonly string[];
  /** A tenth, rounded, but one at least. */
  readonly testCount: number;
};

const endings = new Set(['.png', '.jpg', '.jpeg']);

/**
 * Lists a folder of images of one's own, a folder a class, the classes by name. Hidden files are passed over; others that are
 * not PNG or JPEG by their ending are named in `skipped`.
 *
 * Files are ordered by the SHA-256 of their names, so that the same folder is split in the same way everywhere.
 *
 * @throws DatasetError if the folder cannot be read, or holds no folders.
 */
export async function listClassFolders(folder: string): Promise<{ classes: ClassFolder[]; skipped: SkippedFile[] }> {
  const names = await namesIn(folder);
  const classes: ClassFolder[] = [];
  const skipped: SkippedFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (!(await isFolder(path))) continue;
    const files: string[] = [];
    for (const file of await namesIn(path)) {
      if (endings.has(extname(file).toLowerCase())) files.push(file);
      else skipped.push({ file: join(path, file), reason: 'Its name does not end in .png, .jpg or .jpeg' });
    }
    const ordered = files.map((file) => ({ file, hash: hashOf(file) })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
    classes.push({
      name,
      files: ordered.map(({ file }) => join(path, file)),
      testCount: Math.max(1, Math.round(files.length / 10)),
    });
  }
  if (classes.length === 0) {
    const advice = 'put the images of each class into a folder named after it';
    throw new DatasetError('dataset-corrupt', folder, `${folder} holds no folders: ${advice}`);
  }
  return { classes, skipped };
}

/** Names that are not hidden, in the order of their code units: the same in every language. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    throw new DatasetError('dataset-missing', folder, `${folder} cannot be read: ${(error as Error).message}`);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}
