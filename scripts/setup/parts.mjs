import { addon } from './addon.mjs';
import { cifar10 } from './cifar10.mjs';
import { electron } from './electron/index.mjs';
import { libtensorflow } from './libtensorflow.mjs';
import { mnist } from './mnist.mjs';
import { packages } from './packages.mjs';
import { systemLibraries } from './system-libraries.mjs';

/**
 * All that a fresh clone lacks, in the order in which it is needed, and what is set up only when its flag is given.
 *
 * @type {import('./part.mjs').Part[]}
 */
export const parts = [packages, electron, systemLibraries, libtensorflow, addon, mnist, cifar10];
