import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { channels, locales, type Locale, type MenuAction, type Screen, screens } from '../shared/contract.ts';
import { languageNames, menuMessages, type MenuMessages } from './menu-messages.ts';
import { sendToWindow } from './window.ts';

/**
 * Shows the application menu in a language, with the screen that is shown marked.
 *
 * Function keys and Ctrl/Cmd combinations only: Space and plain letters belong to the page, and these work on a Hebrew layout too.
 */
export function showMenu(locale: Locale, screen: Screen): void {
  const words = menuMessages[locale];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin'
        ? [{ role: 'appMenu' as const, submenu: [aboutItem(words), quitItem(words)] }]
        : [{ label: words.file, submenu: [quitItem(words)] }]),
      { label: words.run, submenu: runItems(words) },
      { label: words.view, submenu: viewItems(words, locale, screen) },
      { label: words.help, role: 'help', submenu: helpItems(words) },
    ]),
  );
}

function quitItem(words: MenuMessages): MenuItemConstructorOptions {
  return { role: 'quit', label: words.quit, accelerator: 'CmdOrCtrl+Q' };
}

function runItems(words: MenuMessages): MenuItemConstructorOptions[] {
  return [
    pageItem('train', words.train, 'F5'),
    pageItem('pause', words.pause, 'F6'),
    pageItem('step', words.step, 'F7'),
    pageItem('stop', words.stop, 'Shift+F5'),
  ];
}

function viewItems(words: MenuMessages, current: Locale, shown: Screen): MenuItemConstructorOptions[] {
  return [
    ...screens.map((screen, index) => screenItem(words, screen, index, shown)),
    { type: 'separator' },
    { role: 'zoomIn', label: words.zoomIn, accelerator: 'CmdOrCtrl+Plus' },
    // The same key without Shift, as browsers have it.
    {
      role: 'zoomIn',
      label: words.zoomIn,
      accelerator: 'CmdOrCtrl+=',
      visible: false,
      acceleratorWorksWhenHidden: true,
    },
    { role: 'zoomOut', label: words.zoomOut, accelerator: 'CmdOrCtrl+-' },
    { role: 'resetZoom', label: words.resetZoom, accelerator: 'CmdOrCtrl+0' },
    { type: 'separator' },
    { role: 'togglefullscreen', label: words.fullScreen, accelerator: 'F11' },
    { label: words.language, submenu: locales.map((locale) => languageItem(locale, current)) },
    ...(app.isPackaged ? [] : developerItems(words)),
  ];
}

function screenItem(words: MenuMessages, screen: Screen, index: number, shown: Screen): MenuItemConstructorOptions {
  return {
    ...pageItem(`screen-${screen}`, words[screen], `CmdOrCtrl+${String(index + 1)}`),
    type: 'radio',
    checked: screen === shown,
  };
}

function languageItem(locale: Locale, current: Locale): MenuItemConstructorOptions {
  return {
    id: `locale-${locale}`,
    label: languageNames[locale],
    type: 'radio',
    checked: locale === current,
    // There are two: the next one is the one that is not shown.
    click: () => {
      if (locale !== current) ask('next-locale');
    },
  };
}

function developerItems(words: MenuMessages): MenuItemConstructorOptions[] {
  return [
    { type: 'separator' },
    { role: 'reload', label: words.reload, accelerator: 'CmdOrCtrl+R' },
    { role: 'toggleDevTools', label: words.developerTools },
  ];
}

function helpItems(words: MenuMessages): MenuItemConstructorOptions[] {
  return [pageItem('shortcuts', words.shortcuts, 'F1'), ...(process.platform === 'darwin' ? [] : [aboutItem(words)])];
}

function aboutItem(words: MenuMessages): MenuItemConstructorOptions {
  return { role: 'about', label: words.about };
}

/** An item that the page carries out. */
function pageItem(action: MenuAction, label: string, accelerator: string): MenuItemConstructorOptions {
  return { id: action, label, accelerator, click: () => ask(action) };
}

function ask(action: MenuAction): void {
  sendToWindow(channels.menu, action);
}
