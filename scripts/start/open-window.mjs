import { spawn } from 'node:child_process';
import { electronBinary } from '../setup/electron/place.mjs';
import { root } from '../setup/root.mjs';
import { electronEnvironment, sandboxFlags } from './electron-flags.mjs';

/**
 * Opens the built app and waits until it is closed.
 *
 * @returns {Promise<number>} its exit status
 */
export function openWindow() {
  const binary = electronBinary();
  if (binary === undefined) throw new Error('Electron is not set up. Run `npm run setup`.');
  return new Promise((resolve, reject) => {
    const app = spawn(binary, [...sandboxFlags(), root], { stdio: 'inherit', env: electronEnvironment() });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.removeAllListeners(signal);
      process.on(signal, () => app.kill(signal));
    }
    app.on('error', reject);
    app.on('close', (code) => resolve(code ?? 0));
  });
}
