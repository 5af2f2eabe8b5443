import { join } from 'node:path';
import { runCommand } from '../../setup/command.mjs';
import { root } from '../../setup/root.mjs';

/**
 * What the lab trains a network with unless told otherwise.
 *
 * @param {string} network
 * @returns {Promise<import('../../../shared/contract.ts').RunSettings>}
 */
export async function settingsOf(network) {
  const cli = join(root, 'out', 'main', 'cli.js');
  const { code, output, errors } = await runCommand(process.execPath, [cli, 'networks', '--json']);
  if (code !== 0) throw new Error(`The lab does not say its networks (${errors.trim()})`);
  /** @type {{ name: string, settings: import('../../../shared/contract.ts').RunSettings }[]} */
  const networks = JSON.parse(output);
  const found = networks.find(({ name }) => name === network);
  if (!found) throw new Error(`The lab has no network ${network}`);
  return found.settings;
}
