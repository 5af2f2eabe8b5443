/**
 * What Electron runs when it has no app of its own: `electron [flags] FOLDER [arguments]` starts the app in FOLDER.
 *
 * It stands in for Electron's own default_app.asar, which the npm-registry way of getting Electron lacks (see ../electron/registry.mjs).
 * `-r FILE` is required before the app, as Playwright needs; other flags are Chromium's and Node's and already at work.
 * The app is imported with a top-level await, so that an app that is an ES module still runs before `ready`.
 */
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { preloads, folder } = readArguments(process.argv.slice(1));
if (folder === undefined) leave('Electron was started without an app: give it the folder of one, as in `electron .`.');

const manifest = readManifest(folder);
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
app.setName(manifest.productName ?? manifest.name ?? 'Electron');
// Made for launchers like this one, and left out of Electron's types.
const launched =
  /** @type {{ setAppPath(path: string): void, setVersion(version: string): void, setDesktopName(name: string): void }} */ (
    /** @type {unknown} */ (app)
  );
launched.setAppPath(folder);
launched.setVersion(manifest.version ?? '0.0.0');
launched.setDesktopName(`${manifest.desktopName ?? manifest.name ?? 'electron'}.desktop`);

const require = createRequire(join(folder, 'package.json'));
for (const preload of preloads) require(resolve(preload));

try {
  await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href);
} catch (error) {
  leave(`The app in ${folder} did not start: ${error instanceof Error ? error.stack : String(error)}`);
}

/**
 * Tells the launcher's flags from the app's folder: the first argument that is neither a flag nor a flag's value.
 *
 * @param {string[]} args
 * @returns {{ preloads: string[], folder: string | undefined }}
 */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') preloads.push(args[++index]);
    else if (!arg.startsWith('-')) return { preloads, folder: resolve(arg) };
  }
  return { preloads, folder: undefined };
}

/**
 * @param {string} folder
 * @returns {{ name?: string, productName?: string, version?: string, main?: string, desktopName?: string }}
 */
function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch (error) {
    leave(
      `There is no app in ${folder}: its package.json cannot be read (${error instanceof Error ? error.message : error}).`,
    );
  }
}

/**
 * Ends the process with a sentence.
 *
 * @param {string} sentence
 * @returns {never}
 */
function leave(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
