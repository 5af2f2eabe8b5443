import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';

/** The npm package, into which the binary belongs. */
export const electronPackage = join(root, 'node_modules', 'electron');

/** The folder of the binary. */
export const electronDist = join(electronPackage, 'dist');

/**
 * The version that package-lock.json pins.
 *
 * @returns {string}
 */
export function wantedVersion() {
  return JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version;
}

/**
 * The path of Electron's executable, or undefined where it is not (wholly) installed.
 *
 * @returns {string | undefined}
 */
export function electronBinary() {
  try {
    const version = readFileSync(join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
    const binary = join(electronDist, readFileSync(join(electronPackage, 'path.txt'), 'utf8'));
    return version === wantedVersion() && existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}
