const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is not a file',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'what it is on cannot be written to',
  ENOSPC: 'the disk is full',
  EDQUOT: 'there is no more room for you on the disk',
  ENAMETOOLONG: 'its name is too long',
};

/** In words, why the operating system could not read or write a file. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
