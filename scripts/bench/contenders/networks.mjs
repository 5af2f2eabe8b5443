import { join } from 'node:path';
import { runCommand } from '../../setup/command.mjs';
import { root } from '../../setup/root.mjs';

/**
 * A network as the lab tells of it: with the settings it is trained with unless told otherwise, and what a step takes for each image.
 *
 * @typedef {{ name: string, settings: import('../../../shared/contract.ts').RunSettings, trainingFlops: number }} Network
 */

/**
 * @param {string} name
 * @returns {Promise<Network>}
 */
export async function networkNamed(name) {
  const cli = join(root, 'out', 'main', 'cli.js');
  const { code, output, errors } = await runCommand(process.execPath, [cli, 'networks', '--json']);
  if (code !== 0) throw new Error(`The lab does not say its networks (${errors.trim()})`);
  /** @type {Network[]} */
  const networks = JSON.parse(output);
  const found = networks.find((network) => network.name === name);
  if (!found) throw new Error(`The lab has no network ${name}`);
  return found;
}
