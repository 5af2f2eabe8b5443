/**
 * Which libtensorflow: for the processor alone, or for NVIDIA cards too.
 *
 * @typedef {'cpu' | 'gpu'} Variant
 */

/**
 * What the parts of the set-up work with.
 *
 * @typedef {object} Context
 * @property {string} cache the cache folder, outside the repository
 * @property {string} datasets the folder with a folder for each dataset
 * @property {Variant} variant
 * @property {boolean} thorough whether to look inside files that have the right size: for repairs
 */

/**
 * One part of the set-up. Running it again after an interruption picks up where it can.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string} [flag] for a part that is left out unless this flag is given
 * @property {(context: Context) => boolean | Promise<boolean>} isDone must be fast and needs no network
 * @property {(context: Context, progress: import('./progress.mjs').Progress) => Promise<void>} run
 */

export {};
