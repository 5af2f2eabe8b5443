import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { build } from 'vite';
import { electronBinary } from '../../setup/electron/place.mjs';
import { root } from '../../setup/root.mjs';
import { electronEnvironment, sandboxFlags, softwareRendering } from '../../start/electron-flags.mjs';
import { hasDisplay, openVirtualDisplay } from '../../start/virtual-display.mjs';
import { withOthersShare } from '../processor.mjs';

const source = join(import.meta.dirname, 'scene');

/** @typedef {'lab' | 'naive'} Contender */
/** @typedef {'update' | 'orbit' | 'latency' | 'idle'} Measurement */

/**
 * The scene alone in the real Electron, in a page that is built for this bench and is no part of the app. Drawn in software wherever there is no display.
 */
export async function openedSceneWindow() {
  const built = join(root, 'out', 'bench', 'scene');
  await build({
    configFile: false,
    root: source,
    base: './',
    logLevel: 'warn',
    build: { outDir: built, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
  const display = hasDisplay() ? null : await openVirtualDisplay();
  const profile = mkdtempSync(join(tmpdir(), 'convolens-bench-'));
  const app = await _electron.launch({
    executablePath: electronBinary(),
    args: [
      ...sandboxFlags(),
      ...(display ? softwareRendering : []),
      `--user-data-dir=${profile}`,
      '--force-device-scale-factor=1',
      source,
    ],
    env: {
      ...electronEnvironment(),
      CONVOLENS_BENCH_PAGE: join(built, 'index.html'),
      ...(display && { DISPLAY: display.display }),
    },
  });
  const page = await app.firstWindow();
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });

  return {
    renderer: display ? 'software rendering' : 'on the display',

    /**
     * @param {Contender} contender
     * @param {'alexnet' | 'lenet5-textbook'} preset
     * @returns {Promise<{ pictures: number, maps: number }>}
     */
    setUp: (contender, preset) =>
      page.evaluate(
        ([who, which]) => /** @type {any} */ (globalThis).sceneBench.setUp(who, which),
        /** @type {const} */ ([contender, preset]),
      ),

    /**
     * @param {Contender} contender
     * @param {Measurement} what
     * @param {number} seconds
     * @returns {Promise<{ result: any, others: number }>}
     */
    async measure(contender, what, seconds) {
      const pids = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ pid }) => pid));
      return await withOthersShare(pids, () =>
        page.evaluate(
          ([who, which, length]) => /** @type {any} */ (globalThis).sceneBench.measure(who, which, length),
          /** @type {const} */ ([contender, what, seconds]),
        ),
      );
    },

    /** @param {Contender} contender */
    dispose: (contender) => page.evaluate((who) => /** @type {any} */ (globalThis).sceneBench.dispose(who), contender),

    async close() {
      const electron = app.process();
      if (electron.exitCode === null && electron.signalCode === null) {
        const exit = once(electron, 'exit');
        electron.kill();
        await exit;
      }
      display?.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
