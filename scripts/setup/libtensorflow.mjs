import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { findProgram } from './find-program.mjs';
import { isLibraryCached, libraryFolder, libraryNames, napiFolder, usesWheel } from './native-cache.mjs';
import { inPartialFolder } from './partial.mjs';
import { putFile } from './put-file.mjs';
import { bytesUnder } from './size.mjs';
import { hasStamp, writeStamp } from './stamp.mjs';
import { unzip } from './unzip.mjs';
import { wheelDownload } from './wheel-download.mjs';
import { cudaWheels, libtensorflowVersion, libraryWheel } from './wheels.mjs';

/** The members of the wheel that are headers which the addon includes, however far. */
const headers = /^tensorflow\/include\/((tensorflow\/(c|core\/platform|tsl)|tsl|xla\/tsl)\/.*)$/;

const stamp = join(napiFolder, 'libtensorflow.json');

/**
 * The native library that computes, taken from a Python wheel and kept in the cache.
 *
 * @type {import('./part.mjs').Part}
 */
export const libtensorflow = {
  name: 'libtensorflow',
  isDone: libtensorflowIsDone,
  async run(context, progress) {
    if (!isLibraryCached(context)) await fillCache(context, progress);
    const cached = libraryFolder(context);
    mkdirSync(napiFolder, { recursive: true });
    rmSync(stamp, { force: true });
    for (const name of libraryNames) putFile(join(cached, 'lib', name), join(napiFolder, name));
    // The NVIDIA build looks for CUDA in ../nvidia, as seen from itself, and finds it there. Not run on such a card yet.
    const nvidia = join(dirname(napiFolder), 'nvidia');
    rmSync(nvidia, { force: true });
    if (context.variant === 'gpu') symlinkSync(join(cached, 'nvidia'), nvidia);
    writeStamp(stamp, madeFrom(context));
  },
};

/**
 * Whether the library of the chosen variant is in its place.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {boolean}
 */
export function libtensorflowIsDone(context) {
  if (!usesWheel(context) && context.variant === 'cpu') return true;
  return hasStamp(stamp, madeFrom(context)) && libraryNames.every((name) => existsSync(join(napiFolder, name)));
}

/** @param {import('./part.mjs').Context} context */
function madeFrom({ variant }) {
  return { version: libtensorflowVersion, variant };
}

/**
 * @param {import('./part.mjs').Context} context
 * @param {import('./progress.mjs').Progress} progress
 */
async function fillCache(context, progress) {
  const wheel = libraryWheel(process.platform, process.arch, context.variant);
  if (!wheel) {
    throw new Complaint(
      `There is no libtensorflow with NVIDIA support for ${process.platform} ${process.arch}.`,
      'Choose the one for the processor: npm run setup -- --cpu',
    );
  }
  const target = libraryFolder(context);
  await inPartialFolder(dirname(target), 'libtensorflow', async (folder) => {
    const downloaded = [await wheelDownload(wheel, context, progress)];
    if (context.variant === 'gpu') {
      for (const cuda of cudaWheels) downloaded.push(await wheelDownload(cuda, context, progress));
    }
    const unpack = async () => {
      for (const file of downloaded) await unzip(file, folder, placeOf);
      await strip(join(folder, 'lib'));
    };
    await progress.during('unpacking libtensorflow', unpack, {
      received: () => bytesUnder(folder),
      total: context.variant === 'cpu' && process.platform === 'linux' ? 690_000_000 : undefined,
      unit: 'bytes',
    });
    for (const name of libraryNames) {
      if (existsSync(join(folder, 'lib', name))) continue;
      throw new Complaint(
        `The wheel ${wheel.project} ${wheel.version} holds no ${name}.`,
        'This is a fault of Convolens: please report it.',
      );
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    mkdirSync(folder);
    // What is unpacked is all that is needed: the wheels would double the space.
    for (const file of downloaded) rmSync(file, { force: true });
  });
}

/**
 * Where a wheel's member goes in the cache, undefined for one that is not needed.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
function placeOf(name) {
  const header = headers.exec(name)?.[1];
  if (header !== undefined) return `include/${header}`;
  if (name.startsWith('nvidia/') && !name.includes('/include/')) return name;
  const library = /^tensorflow\/([^/]+)$/.exec(name)?.[1];
  return library !== undefined && libraryNames.includes(library) ? `lib/${library}` : undefined;
}

/**
 * Removes the symbols that only a debugger needs, a quarter of the size. On macOS it would break the signature.
 *
 * @param {string} folder
 */
async function strip(folder) {
  if (process.platform !== 'linux' || !findProgram('strip')) return;
  for (const name of libraryNames) await runCommand('strip', ['--strip-unneeded', join(folder, name)]);
}
