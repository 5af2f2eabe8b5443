import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { electronEnvironment, sandboxFlags, softwareRendering } from '../scripts/start/electron-flags.mjs';
import type { Locale, Screen, Theme } from '../shared/contract.ts';
import type {} from '../renderer/ports/bridge.ts';

const root = resolve(import.meta.dirname, '..');

/** The executable of the installed Electron: in plain Node its package is nothing but this path. */
export const electronPath = createRequire(import.meta.url)('electron') as string;

/** A freshly launched app, with a profile of its own. */
export type LaunchedLab = {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The profile's folder (userData). */
  readonly profile: string;
  /** Errors the page wrote to its console, broken content policies among them, since it was first seen. */
  readonly complaints: readonly string[];
  /** Closes the app, and forgets the profile unless the caller brought it. */
  readonly close: () => Promise<void>;
};

export type LaunchOptions = {
  readonly locale?: Locale;
  readonly theme?: Theme;
  readonly screen?: Screen;
  /** The folder of datasets, in place of resources/datasets. */
  readonly datasets?: string;
  /** The window's size in device-independent pixels, outside. */
  readonly size?: { readonly width: number; readonly height: number };
  /** A profile to go on with; else an empty one, in the language of the tests. */
  readonly profile?: string;
  /** The system's language, as in `he-IL`. */
  readonly systemLocale?: string;
  /** More arguments for Chromium. */
  readonly switches?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** false: hands the page over at once, for launches in which the worker is not expected to answer. */
  readonly waitUntilReady?: boolean;
};

/** The arguments with which the built app runs on this machine, as `electron` takes them. */
export function launchArguments(profile: string, systemLocale = 'en-US'): string[] {
  return [
    ...sandboxFlags(),
    ...softwareRendering,
    `--user-data-dir=${profile}`,
    `--lang=${systemLocale}`,
    // Screenshots of one machine look like those of another.
    '--force-device-scale-factor=1',
    root,
  ];
}

/** Launches the built app in the real Electron and waits until its worker has answered. */
export async function launchLab(options: LaunchOptions = {}): Promise<LaunchedLab> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'convolens-e2e-'));
  seedProfile(profile, options);
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [...(options.switches ?? []), ...launchArguments(profile, options.systemLocale)],
    cwd: root,
    env: {
      ...electronEnvironment(),
      ...(options.datasets && { CONVOLENS_DATASETS: options.datasets }),
      ...options.env,
    },
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  if (options.waitUntilReady ?? true) await ready(page);
  const close = async (): Promise<void> => {
    await app.close();
    if (!options.profile) rmSync(profile, { recursive: true, force: true });
  };
  return { app, page, profile, complaints, close };
}

/** Waits until the worker has introduced itself to the page. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached', timeout: 60_000 });
}

/** The process ids of the worker: one while it runs, none when it is gone. */
export async function workerPids(app: ElectronApplication): Promise<number[]> {
  return await app.evaluate(({ app: electronApp }) =>
    electronApp
      .getAppMetrics()
      .filter(({ name }) => name === 'Convolens worker')
      .map(({ pid }) => pid),
  );
}

/** Puts what the options ask for where the app looks for it at its start. */
function seedProfile(profile: string, { locale, theme, screen, size }: LaunchOptions): void {
  const write = (name: string, value: unknown): void => writeFileSync(join(profile, name), JSON.stringify(value));
  if (locale ?? theme ?? screen) {
    write('preferences.json', { locale: locale ?? 'en', theme: theme ?? 'system', screen: screen ?? 'network' });
  }
  if (size) write('window.json', { bounds: { x: 0, y: 0, ...size }, maximized: false });
}
