import { app, session } from 'electron';
import { appOrigin } from './origin.ts';

/** Cancels every request that is not for the app's own files. Developer tools load their own pages, where they exist at all. */
export function stayOffTheNetwork(): void {
  const allowed = [`${appOrigin}/`, `blob:${appOrigin}/`, ...(app.isPackaged ? [] : ['devtools://'])];
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
