import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronBinary } from '../setup/electron/place.mjs';
import { root } from '../setup/root.mjs';
import { electronEnvironment, sandboxFlags, softwareRendering } from './electron-flags.mjs';
import { openVirtualDisplay } from './virtual-display.mjs';

const picture = 'out/first-light.png';
const patienceMillis = 3 * 60_000;

/**
 * Trains the default network for one epoch in the real window under a virtual display, leaves a picture of it,
 * and hands back a line with the test accuracy.
 *
 * @returns {Promise<string>}
 */
export async function firstLight() {
  const { _electron } = await import('playwright');
  const display = await openVirtualDisplay();
  // A profile of its own: nobody's settings are read or changed, and an open window elsewhere is not in the way.
  const profile = mkdtempSync(join(tmpdir(), 'convolens-first-light-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true }));
  const app = await _electron.launch({
    executablePath: electronBinary(),
    args: [...sandboxFlags(), ...softwareRendering, `--user-data-dir=${profile}`, '--lang=en-US', root],
    cwd: root,
    env: { ...electronEnvironment(), DISPLAY: display.display },
  });
  const electron = app.process();
  process.once('exit', () => void electron.kill());
  try {
    const died = once(electron, 'exit').then(() => {
      throw new Error(
        'The app ended by itself. Start it with a display, or with `npm test -- e2e`, to see what it says.',
      );
    });
    // Once the race is won, Electron ending is no longer an error.
    died.catch(() => {});
    return await Promise.race([app.firstWindow({ timeout: 60_000 }).then(trainOneEpoch), died]);
  } finally {
    await ended(electron);
    display.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/**
 * Ends Electron and waits until it has: it writes into its profile to the last.
 *
 * @param {import('node:child_process').ChildProcess} electron
 */
async function ended(electron) {
  if (electron.exitCode !== null || electron.signalCode !== null) return;
  const exit = once(electron, 'exit');
  electron.kill();
  const patience = setTimeout(() => electron.kill('SIGKILL'), 5000);
  await exit;
  clearTimeout(patience);
}

/**
 * @param {import('playwright').Page} window
 * @returns {Promise<string>}
 */
async function trainOneEpoch(window) {
  await window.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
  const epochs = window.getByLabel('Epochs', { exact: true });
  if ((await epochs.count()) > 0) {
    await epochs.fill('1');
    await epochs.press('Tab');
  }
  await window.getByRole('button', { name: 'Train', exact: true }).click();
  const result = window.getByTestId('test-accuracy').filter({ hasText: /\d\s*%/ });
  await result.waitFor({ timeout: patienceMillis });
  const accuracy = /[\d.,]+\s*%/.exec(await result.innerText())?.[0].replace(/\s*%/, ' %');
  mkdirSync(join(root, 'out'), { recursive: true });
  await window.screenshot({ path: join(root, picture) });
  return `First light: LeNet-5 (textbook), 1 epoch of MNIST, test accuracy ${accuracy}. Picture: ${picture}`;
}
