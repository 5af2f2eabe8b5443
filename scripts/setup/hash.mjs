import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * A file's hash, written as in package-lock.json (`sha512-…`, base64) for sha512, in hexadecimal for sha256.
 *
 * @param {'sha256' | 'sha512'} algorithm
 * @param {string} file
 * @returns {Promise<string>}
 */
export async function hashOfFile(algorithm, file) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return algorithm === 'sha512' ? `sha512-${hash.digest('base64')}` : hash.digest('hex');
}
