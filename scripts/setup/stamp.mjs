import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Writes down what something was made from, once it is made.
 *
 * @param {string} file
 * @param {unknown} madeFrom
 */
export function writeStamp(file, madeFrom) {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(madeFrom));
  renameSync(partial, file);
}

/**
 * Whether a stamp says that something was made from just this.
 *
 * @param {string} file
 * @param {unknown} madeFrom
 * @returns {boolean}
 */
export function hasStamp(file, madeFrom) {
  try {
    return readFileSync(file, 'utf8') === JSON.stringify(madeFrom);
  } catch {
    return false;
  }
}
