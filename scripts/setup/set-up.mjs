import { join, resolve } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { sentenceFromError } from './complaint.mjs';
import { parts } from './parts.mjs';
import { progressForPeople } from './progress.mjs';
import { root } from './root.mjs';
import { rememberedVariant, rememberVariant } from './variant.mjs';

/**
 * @typedef {object} Wishes
 * @property {string[]} [only] the names of the parts to look at, thoroughly; without it, all but those with a flag
 * @property {string[]} [flags] those given
 * @property {import('./part.mjs').Variant} [variant] remembered for the next time
 * @property {string} [datasets] another folder for the datasets
 * @property {(part: string) => import('./progress.mjs').Progress} [progressOf]
 */

/**
 * Sets up what is missing, part by part, and stops at the first that fails; what was done stays done.
 *
 * @param {Wishes} [wishes]
 * @returns {Promise<'nothing to do' | 'done' | 'failed'>}
 */
export async function setUp({
  only,
  flags = [],
  variant,
  datasets,
  progressOf = progressForPeople(process.stdout),
} = {}) {
  endCleanlyOnSignals();
  const cache = resolve(cacheFolder());
  if (variant) rememberVariant(cache, variant);
  const context = {
    cache,
    datasets: datasets ? resolve(datasets) : join(root, 'resources', 'datasets'),
    variant: variant ?? rememberedVariant(cache),
    thorough: only !== undefined,
  };
  let hasWorked = false;
  for (const part of parts) {
    const isWanted = only ? only.includes(part.name) : part.flag === undefined || flags.includes(part.flag);
    if (!isWanted) continue;
    const progress = progressOf(part.name);
    try {
      if (!(await part.isDone(context))) {
        hasWorked = true;
        await part.run(context, progress);
      }
      progress.done(part.name);
    } catch (error) {
      progress.failed(part.name, sentenceFromError(error));
      return 'failed';
    }
  }
  return hasWorked ? 'done' : 'nothing to do';
}

/** Ctrl-C ends the commands under way and removes their work folders: leaving by `process.exit` does both. */
function endCleanlyOnSignals() {
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(code));
  }
}
