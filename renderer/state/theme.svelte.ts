import { MediaQuery } from 'svelte/reactivity';
import type { PreferencesState } from './preferences.svelte.ts';

const prefersDark = new MediaQuery('prefers-color-scheme: dark');

/** The theme that is on the screen: the chosen one, or the system's. Reactive. */
export function shownTheme({ theme }: PreferencesState): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return prefersDark.current ? 'dark' : 'light';
}
