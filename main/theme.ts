import { nativeTheme } from 'electron';
import type { Theme } from '../shared/contract.ts';

/** Makes Chromium's `prefers-color-scheme`, the native dialogs and the menus follow the choice. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
}
