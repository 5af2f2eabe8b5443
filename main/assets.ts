import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { appHost, appScheme } from './origin.ts';

/** What the page may do: run our own scripts and styles, show our own and blob: images, talk to our own origin, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every answer, refusals too. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
} as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The type of a file by its extension; nosniff makes a browser believe it. */
export function contentTypeFromPath(path: string): string {
  return contentTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/** The file under `root` that an app:// address means, or undefined when it means none, or one outside. */
export function fileFromUrl(root: string, address: string): string | undefined {
  const path = pathFromUrl(address);
  if (path === undefined) return undefined;
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  const inside = relative(root, file);
  const outside = inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return outside ? undefined : file;
}

/** The decoded path of an address of ours; undefined for other hosts, broken escapes, NUL bytes and backslashes (separators on Windows). */
function pathFromUrl(address: string): string | undefined {
  try {
    const { protocol, host, pathname } = new URL(address);
    if (protocol !== `${appScheme}:` || host !== appHost) return undefined;
    const path = decodeURIComponent(pathname || '/');
    return path.startsWith('/') && !/[\0\\]/.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
