import { app, session } from 'electron';
import { appOrigin } from './origin.ts';

/** Cancels every request that is not for the app's own files, and turns off what Chromium would fetch by itself. Developer tools load their own pages, where they exist at all. */
export function stayOffTheNetwork(): void {
  const allowed = [`${appOrigin}/`, `blob:${appOrigin}/`, ...(app.isPackaged ? [] : ['devtools://'])];
  // The browser process fetches dictionaries by itself, past the filter below, even with the spelling checker off (measured).
  session.defaultSession.setSpellCheckerLanguages([]);
  session.defaultSession.setSpellCheckerEnabled(false);
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !allowed.some((start) => url.startsWith(start)) });
  });
}

/** Denies the page every permission: it needs none. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}
