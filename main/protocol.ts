import { app, protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentTypeFromPath, fileFromUrl, securityHeaders } from './assets.ts';
import { appScheme } from './origin.ts';

/** Must run before the app is ready: makes app:// a scheme with an origin of its own, as https has. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers app:// from the built renderer, read-only, with the security headers on every answer. */
export function serveApp(): void {
  const root = join(app.getAppPath(), 'out/renderer');
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET') return refusal(405, 'Only GET is answered.');
    const file = fileFromUrl(root, request.url);
    if (!file) return refusal(404, 'There is no such page.');
    try {
      const bytes = await readFile(file);
      return new Response(bytes, { headers: { ...securityHeaders, 'Content-Type': contentTypeFromPath(file) } });
    } catch {
      return refusal(404, 'There is no such page.');
    }
  });
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
