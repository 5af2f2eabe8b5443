import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { libtensorflowVersion, libraryWheel } from './wheels.mjs';

/** The npm package that the library and the addon are for. */
export const tfjsPackage = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu');

/** Where its loader looks for the addon, and the addon for the libraries. */
export const napiFolder = join(tfjsPackage, 'lib', 'napi-v8');

/**
 * The two libraries that the addon is linked to.
 *
 * @type {[string, string]}
 */
export const libraryNames =
  process.platform === 'darwin'
    ? ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']
    : ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/**
 * Whether this machine takes libtensorflow from a wheel; elsewhere tfjs-node-gpu's own installer brings an older one.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {boolean}
 */
export function usesWheel({ variant }) {
  return libraryWheel(process.platform, process.arch, variant) !== undefined;
}

/**
 * The cache folder of libtensorflow: `lib`, `include` and, for NVIDIA, `nvidia`. It is there wholly or not at all.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {string}
 */
export function libraryFolder({ cache, variant }) {
  return join(cache, 'libtensorflow', `${libtensorflowVersion}-${variant}-${process.platform}-${process.arch}`);
}

/**
 * @param {import('./part.mjs').Context} context
 * @returns {boolean}
 */
export function isLibraryCached(context) {
  return !usesWheel(context) || existsSync(libraryFolder(context));
}

/**
 * The cached addon.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {string}
 */
export function cachedAddon({ cache, variant }) {
  const versions = `tfjs-${tfjsVersion()}-libtensorflow-${libtensorflowVersion}`;
  return join(cache, 'addon', `${versions}-${variant}-${process.platform}-${process.arch}.node`);
}

/**
 * @param {import('./part.mjs').Context} context
 * @returns {boolean}
 */
export function isAddonCached(context) {
  return !usesWheel(context) || existsSync(cachedAddon(context));
}

/** @returns {string} */
function tfjsVersion() {
  return JSON.parse(readFileSync(join(tfjsPackage, 'package.json'), 'utf8')).version;
}
