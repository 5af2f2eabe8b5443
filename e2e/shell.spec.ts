import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import type { WorkerExit } from '../shared/contract.ts';
import { launchLab, ready, workerPids } from './launch.ts';

/** The labels of the menu, top level first, then each menu's items. */
function menuLabels(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ Menu }) => {
    const top = Menu.getApplicationMenu()?.items ?? [];
    return [...top, ...top.flatMap((item) => item.submenu?.items ?? [])].map(({ label }) => label);
  });
}

/** How the next worker that dies by itself ended, as the page hears it. */
function nextExit(page: Page): Promise<WorkerExit> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        window.convolens.onWorkerExit(resolve);
      }),
  );
}

/** Whether a process still runs. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function onlyWorker(app: ElectronApplication): Promise<number> {
  const pids = await workerPids(app);
  expect(pids).toHaveLength(1);
  return pids[0] ?? 0;
}

let profile: string;
test.beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'convolens-shell-'));
});
test.afterEach(() => rmSync(profile, { recursive: true, force: true }));

test('the window opens with its title, large enough, and shown', async () => {
  const { app, page, close } = await launchLab();
  expect(await page.title()).toContain('Convolens');
  const window = await app.evaluate(({ BrowserWindow }) => {
    const [only, ...others] = BrowserWindow.getAllWindows();
    return { others: others.length, shown: only?.isVisible(), size: only?.getSize(), least: only?.getMinimumSize() };
  });
  expect(window).toMatchObject({ others: 0, shown: true, least: [1024, 700] });
  expect(window.size?.[0]).toBeGreaterThanOrEqual(1024);
  await close();
});

test('the menu is in English, and in Hebrew as soon as the language is', async () => {
  const { app, page, close } = await launchLab({ locale: 'en' });
  expect(await menuLabels(app)).toEqual(
    expect.arrayContaining(['&Run', 'Train', 'Keyboard Shortcuts', 'Quit Convolens']),
  );
  await page.evaluate(() => window.convolens.savePreferences({ locale: 'he', theme: 'system', screen: 'network' }));
  const hebrew = await menuLabels(app);
  expect(hebrew).toEqual(expect.arrayContaining(['הרצה', 'אימון', 'קיצורי מקלדת', 'יציאה מ־Convolens']));
  expect(hebrew).not.toContain('Train');
  await close();
});

test('a menu item asks the page', async () => {
  const { app, page, close } = await launchLab();
  await page.evaluate(() => {
    window.convolens.onMenu((action) => document.documentElement.setAttribute('data-heard', action));
  });
  for (const action of ['train', 'pause', 'step', 'stop', 'shortcuts']) {
    await app.evaluate(({ Menu }, id) => void Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), action);
    await expect(page.locator('html')).toHaveAttribute('data-heard', action);
  }
  await close();
});

test('the other language in the menu asks the page for it, the current one for nothing', async () => {
  const { app, page, close } = await launchLab({ locale: 'en' });
  await page.evaluate(() => {
    window.convolens.onMenu((action) => document.documentElement.setAttribute('data-heard', action));
  });
  const choose = (id: string): Promise<void> =>
    app.evaluate(({ Menu }, item) => void Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
  await choose('locale-en');
  await choose('train');
  await expect(page.locator('html')).toHaveAttribute('data-heard', 'train');
  await choose('locale-he');
  await expect(page.locator('html')).toHaveAttribute('data-heard', 'next-locale');
  await expect.poll(() => menuLabels(app)).toContain('אימון');
  await close();
});

test('no menu accelerator takes Space or a plain character from the page', async () => {
  const { app, close } = await launchLab();
  const accelerators = await app.evaluate(({ Menu }) => {
    const top = Menu.getApplicationMenu()?.items ?? [];
    return top.flatMap((item) => (item.submenu?.items ?? []).map(({ accelerator }) => accelerator ?? ''));
  });
  const taken = accelerators.filter((accelerator) => accelerator !== '');
  expect(taken.length).toBeGreaterThan(5);
  for (const accelerator of taken) expect(accelerator).toMatch(/^(CmdOrCtrl\+.+|(Shift\+)?F\d+)$/);
  await close();
});

test('preferences survive a restart', async () => {
  const first = await launchLab({ profile });
  expect(await first.page.evaluate(() => window.convolens.preferences())).toEqual({
    locale: 'en',
    theme: 'system',
    screen: 'network',
  });
  await first.page.evaluate(() => window.convolens.savePreferences({ locale: 'he', theme: 'dark', screen: 'bench' }));
  await first.close();

  const second = await launchLab({ profile });
  expect(await second.page.evaluate(() => window.convolens.preferences())).toEqual({
    locale: 'he',
    theme: 'dark',
    screen: 'bench',
  });
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  expect(await menuLabels(second.app)).toContain('אימון');
  await second.close();
});

test('on a Hebrew system the first start is in Hebrew', async () => {
  const { page, close } = await launchLab({ systemLocale: 'he' });
  expect(await page.evaluate(() => window.convolens.preferences())).toEqual({
    locale: 'he',
    theme: 'system',
    screen: 'network',
  });
  await close();
});

test('the window opens again where it was', async () => {
  const first = await launchLab({ profile, size: { width: 1100, height: 740 } });
  const bounds = await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(bounds).toMatchObject({ width: 1100, height: 740 });
  await first.close();
  const saved = JSON.parse(readFileSync(join(profile, 'window.json'), 'utf8')) as unknown;
  expect(saved).toMatchObject({ bounds: { width: 1100, height: 740 }, maximized: false });
});

test('a killed worker is reported within two seconds, with its signal', async () => {
  const { app, page, close } = await launchLab();
  const exit = nextExit(page);
  const killed = Date.now();
  process.kill(await onlyWorker(app), 'SIGKILL');
  expect(await exit).toEqual({ cause: 'killed', detail: 'SIGKILL' });
  expect(Date.now() - killed).toBeLessThan(2000);
  expect(await workerPids(app)).toEqual([]);
  expect(await page.evaluate(() => window.convolens.preferences())).toBeTruthy();
  await close();
});

test('a native crash of the worker is told apart from a kill', async () => {
  const { app, page, close } = await launchLab();
  const exit = nextExit(page);
  process.kill(await onlyWorker(app), 'SIGSEGV');
  expect(await exit).toEqual({ cause: 'crashed', detail: 'SIGSEGV' });
  await close();
});

test('after a death a fresh worker can be started, and it brings its port', async () => {
  const { app, page, close } = await launchLab();
  const exit = nextExit(page);
  process.kill(await onlyWorker(app), 'SIGKILL');
  await exit;
  const port = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        window.addEventListener('message', ({ data, ports }: MessageEvent<{ type?: string }>) => {
          if (data.type === 'worker-port') resolve(ports.length);
        });
      }),
  );
  await page.evaluate(() => window.convolens.startWorker());
  expect(await port).toBe(1);
  await expect.poll(() => workerPids(app)).toHaveLength(1);
  await close();
});

test('a fresh worker takes the place of the one that runs, and that is no death', async () => {
  const { app, page, close } = await launchLab();
  const before = await onlyWorker(app);
  const deaths = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let heard = 0;
        window.convolens.onWorkerExit(() => (heard += 1));
        setTimeout(() => resolve(heard), 3000);
      }),
  );
  // Twice at once: the second waits for the first, and one worker is left.
  await page.evaluate(() => Promise.all([window.convolens.startWorker(), window.convolens.startWorker()]));
  await expect.poll(() => workerPids(app)).toHaveLength(1);
  expect(await onlyWorker(app)).not.toBe(before);
  expect(runs(before)).toBe(false);
  expect(await deaths).toBe(0);
  await close();
});

test('a reloaded page gets a worker of its own', async () => {
  const { app, page, close } = await launchLab();
  const before = await onlyWorker(app);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect.poll(() => workerPids(app)).not.toEqual([before]);
  await ready(page);
  expect(await workerPids(app)).toHaveLength(1);
  expect(runs(before)).toBe(false);
  await close();
});

test('no worker outlives the app', async () => {
  const { app, close } = await launchLab();
  const worker = await onlyWorker(app);
  await close();
  await expect.poll(() => runs(worker)).toBe(false);
});

test('missing dataset files are put there by a repair', async () => {
  const datasets = join(profile, 'datasets');
  const { page, close } = await launchLab({ datasets, waitUntilReady: false });
  const last = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.convolens.onRepairProgress((progress) => progress.type !== 'progress' && resolve(progress));
        void window.convolens.repairDataset('mnist');
      }),
  );
  expect(last).toEqual({ part: 'mnist', type: 'done' });
  expect(readFileSync(join(datasets, 'mnist', 't10k-labels-idx1-ubyte'))).toHaveLength(10_008);
  await close();
});
