import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron } from 'playwright';
import { heldMebibytes, withOthersShare } from '../processor.mjs';
import { electronBinary } from '../../setup/electron/place.mjs';
import { root } from '../../setup/root.mjs';
import { electronEnvironment, sandboxFlags, softwareRendering } from '../../start/electron-flags.mjs';
import { hasDisplay, openVirtualDisplay } from '../../start/virtual-display.mjs';
import { countDraws, countWebGlObjects, nextClickShown, progress } from './in-page.mjs';

/**
 * The built app in the real Electron, its default network chosen. Draws on the graphics card where there is a display, in software
 * where there is none.
 */
export async function openedWindow() {
  const display = hasDisplay() ? null : await openVirtualDisplay();
  const profile = mkdtempSync(join(tmpdir(), 'convolens-bench-'));
  const app = await _electron.launch({
    executablePath: electronBinary(),
    args: [
      ...sandboxFlags(),
      ...(display ? softwareRendering : []),
      `--user-data-dir=${profile}`,
      '--lang=en-US',
      // A hidden window's page goes on counting steps.
      '--disable-renderer-backgrounding',
      root,
    ],
    cwd: root,
    env: { ...electronEnvironment(), ...(display && { DISPLAY: display.display }) },
  });
  const page = await app.firstWindow();
  await page.addInitScript(countDraws);
  await page.addInitScript(countWebGlObjects);
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
  const batch = Number(await page.getByRole('textbox', { name: 'Batch size' }).inputValue());
  const phase = (/** @type {string} */ name) => page.locator(`[data-testid="phase"][data-phase="${name}"]`);

  const processes = () => app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ pid }) => pid));

  /** @param {boolean} visible */
  const setVisible = (visible) =>
    app.evaluate(({ BrowserWindow }, isVisible) => {
      const [window] = BrowserWindow.getAllWindows();
      if (isVisible) window.showInactive();
      else window.hide();
    }, visible);

  return {
    renderer: display ? 'software rendering' : 'on the display',
    hide: () => setVisible(false),
    show: () => setVisible(true),

    async train() {
      await phase('ready').waitFor({ state: 'attached', timeout: 60_000 });
      await page.getByRole('textbox', { name: 'Epochs' }).fill('1000');
      await page.getByRole('textbox', { name: 'Epochs' }).press('Tab');
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await phase('training').waitFor({ state: 'attached', timeout: 60_000 });
    },

    /**
     * Speeds over so many seconds, after as long again for what changed to settle.
     *
     * @param {number} seconds
     */
    async measure(seconds) {
      await delay(seconds * 500);
      const pids = await processes();
      const { result, others } = await withOthersShare(pids, async () => {
        const before = await page.evaluate(progress);
        await delay(seconds * 1000);
        const after = await page.evaluate(progress);
        const passed = (after.at - before.at) / 1000;
        return {
          imagesPerSecond: ((after.step - before.step) * batch) / passed,
          drawsPerSecond: (after.draws - before.draws) / passed,
        };
      });
      return { ...result, others };
    },

    /** How far it is: see `progress`. */
    progress: () => page.evaluate(progress),

    /** Memory of all processes together, in MiB. */
    mebibytes: async () => heldMebibytes(await processes()),

    /**
     * Stops the page's process for so many seconds, as a page that hangs would be: it takes nothing off its port.
     *
     * @param {number} seconds
     * @param {(mebibytes: number) => void} sampled is told every second what all processes hold
     */
    async block(seconds, sampled) {
      const pids = await processes();
      const renderer = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0].webContents.getOSProcessId(),
      );
      process.kill(renderer, 'SIGSTOP');
      try {
        for (let second = 0; second < seconds; second += 1) {
          await delay(1000);
          sampled(heldMebibytes(pids));
        }
      } finally {
        process.kill(renderer, 'SIGCONT');
      }
    },

    /**
     * Milliseconds from a click on “Next digit” until the frame after its handler begins, by the page's own clock.
     *
     * @param {number} count
     */
    async clickDelays(count) {
      const button = page.getByRole('button', { name: 'Next digit' });
      const delays = [];
      for (let i = 0; i < count; i += 1) {
        const shown = page.evaluate(nextClickShown);
        await button.click();
        delays.push(await shown);
        await delay(100);
      }
      return delays;
    },

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
