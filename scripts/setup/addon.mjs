import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { causeOf, runCommand, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import {
  cachedAddon,
  isAddonCached,
  libraryFolder,
  libraryNames,
  napiFolder,
  tfjsPackage,
  usesWheel,
} from './native-cache.mjs';
import { inPartialFolder } from './partial.mjs';
import { root } from './root.mjs';
import { hasStamp, writeStamp } from './stamp.mjs';
import { libtensorflowVersion } from './wheels.mjs';

const addonFile = join(napiFolder, 'tfjs_binding.node');
const stamp = join(napiFolder, 'addon.json');

/**
 * The addon between Node and libtensorflow: tfjs-node-gpu's own source, compiled against our newer library.
 * It uses Node-API, so Node and Electron load the same file.
 *
 * @type {import('./part.mjs').Part}
 */
export const addon = {
  name: 'addon',
  isDone: addonIsDone,
  async run(context, progress) {
    rmSync(stamp, { force: true });
    if (usesWheel(context)) {
      if (!isAddonCached(context)) await compile(context, progress);
      const partial = `${addonFile}.${process.pid}`;
      copyFileSync(cachedAddon(context), partial);
      renameSync(partial, addonFile);
    } else {
      await runOwnInstaller(context, progress);
    }
    const version = await progress.during('loading it once', () => loadedVersion(context));
    progress.note(`libtensorflow ${version} loads.`);
    writeStamp(stamp, madeFrom(context));
  },
};

/**
 * Whether the addon for the chosen variant is in its place and has been loaded once.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {boolean}
 */
export function addonIsDone(context) {
  return existsSync(addonFile) && hasStamp(stamp, madeFrom(context));
}

/** @param {import('./part.mjs').Context} context */
function madeFrom(context) {
  return { version: usesWheel(context) ? libtensorflowVersion : 'own', variant: context.variant };
}

/**
 * On macOS written after Linux's way, not run yet.
 *
 * @param {import('./part.mjs').Context} context
 * @param {import('./progress.mjs').Progress} progress
 */
async function compile(context, progress) {
  const isMac = process.platform === 'darwin';
  const target = cachedAddon(context);
  const { lib, include } = {
    lib: join(libraryFolder(context), 'lib'),
    include: join(libraryFolder(context), 'include'),
  };
  const binding = join(tfjsPackage, 'binding');
  const sources = readdirSync(binding).filter((name) => name.endsWith('.cc'));
  const platformArgs = isMac
    ? ['-undefined', 'dynamic_lookup', ...libraryNames.map((name) => join(lib, name)), '-Wl,-rpath,@loader_path']
    : [`-L${lib}`, ...libraryNames.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN'];
  await inPartialFolder(dirname(target), 'addon', async (folder) => {
    const output = join(folder, 'tfjs_binding.node');
    const args = ['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8'];
    args.push(`-I${include}`, `-I${join(root, 'node_modules', 'node-api-headers', 'include')}`, `-I${binding}`);
    args.push(...sources.map((name) => join(binding, name)), '-o', output, ...platformArgs);
    const compiler = isMac ? 'clang++' : 'g++';
    const next = isMac
      ? 'Are the command line tools there? xcode-select --install'
      : 'A g++ of version 9 or newer is needed.';
    const compiling = () =>
      succeeding(
        runCommand(compiler, args),
        (cause) => new Complaint(`${compiler} could not compile the native addon (${cause}).`, next),
      );
    await progress.during('compiling the native addon', compiling);
    renameSync(output, target);
  });
}

/**
 * Where no wheel holds a C library (Windows, Intel Macs): the package's own installer, which brings libtensorflow 2.9.1
 * and a compiled addon from its own host. Written, not run yet.
 *
 * @param {import('./part.mjs').Context} context
 * @param {import('./progress.mjs').Progress} progress
 */
async function runOwnInstaller({ variant }, progress) {
  const install = () =>
    succeeding(
      runCommand(process.execPath, [join('scripts', 'install.js'), variant, 'download'], { cwd: tfjsPackage }),
      (cause) =>
        new Complaint(
          `tfjs-node-gpu's own installer failed (${cause}).`,
          'It needs an open network: try again on one.',
        ),
    );
  await progress.during("downloading libtensorflow with tfjs-node-gpu's own installer", install);
  mkdirSync(napiFolder, { recursive: true });
}

/**
 * Loads the addon in a process of its own, where a crash is an answer too, and hands back libtensorflow's version.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {Promise<string>}
 */
async function loadedVersion(context) {
  const script = `const tf = require('@tensorflow/tfjs-node-gpu'); console.log('version ' + tf.backend().binding.TF_Version)`;
  const env = { TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };
  const outcome = await runCommand(process.execPath, ['-e', script], { cwd: root, env });
  const version = /^version (\S+)$/m.exec(outcome.output)?.[1];
  if (outcome.code === 0 && version !== undefined) return version;
  rmSync(cachedAddon(context), { force: true });
  throw new Complaint(
    `The addon was built but does not load (${causeOf(outcome)}).`,
    `If running it again does not help, delete ${context.cache} and run \`npm run setup\` once more.`,
  );
}
