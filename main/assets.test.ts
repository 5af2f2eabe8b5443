import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentTypeFromPath, fileFromUrl } from './assets.ts';

const root = resolve('/app/out/renderer');

describe('an app:// address', () => {
  it('means the file of that path under the root', () => {
    expect(fileFromUrl(root, 'app://convolens/assets/index-1.js')).toBe(join(root, 'assets', 'index-1.js'));
  });

  it('without a path means the start page', () => {
    expect(fileFromUrl(root, 'app://convolens')).toBe(join(root, 'index.html'));
    expect(fileFromUrl(root, 'app://convolens/')).toBe(join(root, 'index.html'));
  });

  it('loses its query and fragment', () => {
    expect(fileFromUrl(root, 'app://convolens/a.js?v=1#x')).toBe(join(root, 'a.js'));
  });

  it('may hold escapes, spaces and Hebrew', () => {
    expect(fileFromUrl(root, 'app://convolens/a%20b.png')).toBe(join(root, 'a b.png'));
    expect(fileFromUrl(root, 'app://convolens/תמונה.png')).toBe(join(root, 'תמונה.png'));
  });

  it('may hold dots that are no way up', () => {
    expect(fileFromUrl(root, 'app://convolens/..data.json')).toBe(join(root, '..data.json'));
  });

  it.each([
    ['an encoded slash after ..', 'app://convolens/..%2fpackage.json'],
    ['everything encoded', 'app://convolens/%2e%2e%2f%2e%2e%2fpackage.json'],
    ['a deeper way out', 'app://convolens/assets/..%2f..%2f..%2fetc%2fpasswd'],
    ['a sibling that begins like the root', 'app://convolens/..%2frenderer-old%2fa.js'],
    ['a backslash', 'app://convolens/..%5cpackage.json'],
    ['a NUL byte', 'app://convolens/index.html%00.png'],
    ['a broken escape', 'app://convolens/%zz'],
    ['the root itself', 'app://convolens/assets%2f..'],
    ['another host', 'app://elsewhere/index.html'],
    ['another scheme', 'file:///etc/passwd'],
    ['no address at all', 'index.html'],
  ])('is refused with %s', (_what, address) => {
    expect(fileFromUrl(root, address)).toBeUndefined();
  });

  it('stays inside when the URL parser itself takes the .. away', () => {
    expect(fileFromUrl(root, 'app://convolens/../../package.json')).toBe(join(root, 'package.json'));
  });
});

describe('the content type', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['a.JS', 'text/javascript; charset=utf-8'],
    ['a.woff2', 'font/woff2'],
    ['a.exe', 'application/octet-stream'],
    ['a', 'application/octet-stream'],
  ])('of %s is %s', (path, type) => expect(contentTypeFromPath(path)).toBe(type));
});
