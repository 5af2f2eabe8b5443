import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The variant of libtensorflow that was chosen last on this machine, else the one for the processor.
 *
 * @param {string} cache
 * @returns {import('./part.mjs').Variant}
 */
export function rememberedVariant(cache) {
  try {
    return readFileSync(join(cache, 'variant'), 'utf8').trim() === 'gpu' ? 'gpu' : 'cpu';
  } catch {
    return 'cpu';
  }
}

/**
 * @param {string} cache
 * @param {import('./part.mjs').Variant} variant
 */
export function rememberVariant(cache, variant) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'variant'), `${variant}\n`);
}
