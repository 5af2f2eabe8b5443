import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { type channels } from '../shared/contract.ts';
import { defaultSize, minimumSize, visibleBounds, windowStateSchema } from './bounds.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';
import { startPage } from './origin.ts';

/** The page's own background (--paper of renderer/styles/tokens.css), so that no white flash precedes it. */
const backgrounds = { light: '#f5f3ee', dark: '#14171c' };

let window: BrowserWindow | undefined;

/** The one window, while it is open. */
export function mainWindow(): BrowserWindow | undefined {
  return window;
}

/** Opens the window where it was last time, as far as that is still on a display, and shows it once it has something to show. */
export function openWindow(): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const saved = readJsonFile(stateFile, windowStateSchema);
  const displays = screen.getAllDisplays().map((display) => display.workArea);

  const opened = new BrowserWindow({
    title: app.getName(),
    ...defaultSize,
    ...(saved && visibleBounds(saved.bounds, displays)),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    show: false,
    webPreferences: {
      preload: join(app.getAppPath(), 'out/preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      plugins: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      // Chromium fetches its dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });

  window = opened;
  opened.once('ready-to-show', () => {
    if (saved?.maximized) opened.maximize();
    opened.show();
  });
  opened.on('close', () => {
    writeJsonFile(stateFile, { bounds: opened.getNormalBounds(), maximized: opened.isMaximized() });
  });
  opened.on('closed', () => (window = undefined));
  void opened.loadURL(startPage);
  return opened;
}

/** Brings the window to the front. */
export function focusWindow(): void {
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Tells the page something, if there is still a page. */
export function sendToWindow(channel: (typeof channels)[keyof typeof channels], payload: unknown): void {
  if (window && !window.isDestroyed()) window.webContents.send(channel, payload);
}
