import { app } from 'electron';
import { answerBridge } from './bridge.ts';
import { datasetsFolder } from './datasets.ts';
import { showMenu } from './menu.ts';
import { denyPermissions, stayOffTheNetwork } from './network.ts';
import { openPreferences } from './preferences.ts';
import { declareAppScheme, serveApp } from './protocol.ts';
import { applyTheme } from './theme.ts';
import { Trainer } from './trainer.ts';
import { confineWebContents } from './web-contents.ts';
import { focusWindow, openWindow } from './window.ts';

app.setName('Convolens');
// It overrules --no-sandbox, without which root cannot run Chromium at all (measured: the network service then dies again and again).
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

// One instance a profile: a second hands over to the first, which comes to the front, and ends.
if (app.requestSingleInstanceLock()) {
  declareAppScheme();
  confineWebContents();
  app.on('second-instance', focusWindow);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  serveApp();
  stayOffTheNetwork();
  denyPermissions();

  const preferences = openPreferences(app.getPath('userData'), app.getLocale());
  preferences.watch(({ locale, theme, screen }) => {
    applyTheme(theme);
    showMenu(locale, screen);
  });

  const trainer = new Trainer(datasetsFolder());
  answerBridge(preferences, trainer);
  openWindow().on('closed', () => void trainer.end());
  app.on('will-quit', () => trainer.quit());
}
