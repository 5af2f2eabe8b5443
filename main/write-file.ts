import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SaveFailure } from '../shared/contract.ts';

/** What the operating system calls each reason for which a file cannot be written. */
const reasons: Readonly<Record<string, SaveFailure>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EFBIG: 'no-space',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EROFS: 'not-permitted',
  // On Windows: another program has it open.
  EBUSY: 'not-permitted',
  ENOENT: 'no-such-folder',
  ENOTDIR: 'no-such-folder',
  EISDIR: 'not-a-file',
  ENAMETOOLONG: 'name-too-long',
};

/** Why writing went wrong. */
export function saveFailureFromError(error: unknown): SaveFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? 'unknown';
}

/**
 * Puts `bytes`, or several one after the other, where `path` says: whole or not at all, whatever happens meanwhile. What was there before stays until the new file is
 * on the disk.
 * @throws what the operating system says, with its code; nothing is left behind then.
 */
export async function writeFileWhole(path: string, bytes: Uint8Array | Iterable<Uint8Array>): Promise<void> {
  await refuseAllButFiles(path);
  // A short name of its own in the same folder: the file's own name with something added may be too long.
  const temporary = join(dirname(path), `.convolens-${randomBytes(8).toString('hex')}.new`);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Renaming puts the new file in the place of whatever has the name: of a device or a pipe, too. */
async function refuseAllButFiles(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) throw Object.assign(new Error(`${path} is not a file`), { code: 'EISDIR' });
}
