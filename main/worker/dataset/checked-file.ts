import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from './dataset.ts';

/** A published file, as shared/dataset describes it. */
export type DescribedFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/** What to do when a file is not there, and when it is not the published one: `run the set-up`. */
export type Remedy = { readonly missing: string; readonly corrupt: string };

/**
 * Reads a published file and checks it.
 *
 * @throws DatasetError naming the file if it is missing, or not the published one byte for byte.
 */
export async function readChecked(folder: string, file: DescribedFile, remedy: Remedy): Promise<Uint8Array> {
  const path = join(folder, file.name);
  const bytes = await readFile(path).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const what =
      code === 'ENOENT' ? `${file.name} is not in ${folder}: ${remedy.missing}` : `${path} cannot be read: ${message}`;
    throw new DatasetError('dataset-missing', path, what);
  });
  if (bytes.length !== file.bytes || createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
    const what = `${path} is not the published file (${bytes.length} bytes instead of ${file.bytes}, or other content)`;
    throw new DatasetError('dataset-corrupt', path, `${what}: ${remedy.corrupt}`);
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
