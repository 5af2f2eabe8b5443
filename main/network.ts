import {
  app,
  type FilesystemPermissionRequest,
  type MediaAccessPermissionRequest,
  type OpenExternalPermissionRequest,
  type PermissionRequest,
  session,
} from 'electron';
import { isCameraAllowed } from './camera.ts';
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

/**
 * Denies the page every permission but two: to put on the clipboard what someone copies, which Chromium cleans of all that could do harm,
 * and the camera, while it is switched on.
 */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isCopying(permission, details.requestingUrl) || isCameraRequest(permission, details)),
  );
  session.defaultSession.setPermissionCheckHandler(
    (_contents, permission, origin, { isMainFrame, mediaType }) =>
      isCopying(permission, origin) || (isMainFrame && isCamera(permission, origin, [mediaType])),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}

function isCopying(permission: string, requester: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(requester);
}

function isCameraRequest(
  permission: string,
  details:
    PermissionRequest | FilesystemPermissionRequest | MediaAccessPermissionRequest | OpenExternalPermissionRequest,
): boolean {
  if (!('mediaTypes' in details)) return false;
  return details.isMainFrame && isCamera(permission, details.requestingUrl, details.mediaTypes ?? []);
}

/** Pictures only: a request for sound along with them is denied as a whole. */
function isCamera(permission: string, requester: string, media: readonly (string | undefined)[]): boolean {
  const isPictureOnly = media.length > 0 && media.every((type) => type === 'video');
  return permission === 'media' && isPictureOnly && isOurs(requester) && isCameraAllowed();
}

/** Whether an origin, or an address, is that of our own page. */
function isOurs(requester: string): boolean {
  return requester === appOrigin || requester.startsWith(`${appOrigin}/`);
}
