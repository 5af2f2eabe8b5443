import { execFileSync } from 'node:child_process';
import { addonIsDone } from './addon.mjs';
import { isAddonCached, isLibraryCached } from './native-cache.mjs';
import { runCommand, succeeding } from './command.mjs';
import { Complaint } from './complaint.mjs';
import { electronBinary } from './electron/place.mjs';
import { findProgram } from './find-program.mjs';
import { libtensorflowIsDone } from './libtensorflow.mjs';

/** Debian's packages for what Electron is linked to or opens at run time; the rest comes along as their dependencies. */
const electronLibraries = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libxtst6', 'libnotify4'];

/**
 * On Linux, what a bare system lacks: libraries of Electron, a virtual display where there is no other, a compiler and pip while they are needed.
 *
 * @type {import('./part.mjs').Part}
 */
export const systemLibraries = {
  name: 'system-libraries',
  isDone: async (context) => process.platform !== 'linux' || (await missing(context)).packages.length === 0,
  async run(context, progress) {
    const { packages, because } = await missing(context);
    progress.note(`This system lacks ${because.join(', ')}.`);
    const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.map(newerName).join(' ')}`;
    if (!findProgram('apt-get')) {
      throw new Complaint(
        'They cannot be installed from here: there is no apt-get on this system.',
        `Install what Debian calls ${packages.join(', ')} with your system's package manager, then run \`npm run setup\` again.`,
      );
    }
    const asRoot = process.getuid?.() === 0 ? [] : await passwordlessSudo();
    if (!asRoot) {
      throw new Complaint(
        'Only root may install them.',
        `Run this, then \`npm run setup\` again: sudo sh -c '${command}'`,
      );
    }
    /** @param {string[]} args */
    const aptGet = (args) => {
      const [program = '', ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
      return runCommand(program, rest);
    };
    const install = async () => {
      // An outdated mirror list is not fatal by itself: whether the packages are found tells.
      await aptGet(['update']);
      await succeeding(
        aptGet(['install', '-y', '--no-install-recommends', ...packages.map(newerName)]),
        (cause) => new Complaint(`apt-get could not install them (${cause}).`, `Try it by hand: ${command}`),
      );
    };
    await progress.during(`installing ${packages.join(', ')} with apt-get`, install);
    const left = await missing(context);
    if (left.packages.length > 0) {
      throw new Complaint(
        `apt-get installed them, but this system still lacks ${left.because.join(', ')}.`,
        'Install what holds these by hand, then run `npm run setup` again.',
      );
    }
  },
};

/**
 * The command that makes another one root's without asking for a password, or undefined where that is not allowed.
 *
 * @returns {Promise<string[] | undefined>}
 */
async function passwordlessSudo() {
  const sudo = findProgram('sudo');
  if (sudo === undefined) return undefined;
  return (await runCommand(sudo, ['-n', 'true'])).code === 0 ? [sudo, '-n'] : undefined;
}

/**
 * The Debian packages that are missing, and what for.
 *
 * @param {import('./part.mjs').Context} context
 * @returns {Promise<{ packages: string[], because: string[] }>}
 */
async function missing(context) {
  const packages = [];
  const because = missingLibraries();
  if (because.length > 0) packages.push(...electronLibraries);
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    if (!findProgram('Xvfb')) {
      packages.push('xvfb');
      because.push('a virtual display (Xvfb)');
    }
    if (!findProgram('xauth')) {
      packages.push('xauth');
      because.push('xauth');
    }
  }
  if (!addonIsDone(context) && !isAddonCached(context) && !findProgram('g++')) {
    packages.push('g++');
    because.push('a C++ compiler (g++)');
  }
  if (!libtensorflowIsDone(context) && !isLibraryCached(context)) {
    const pip = await runCommand('python3', ['-m', 'pip', '--version']);
    if (pip.code !== 0) {
      packages.push('python3-pip');
      because.push('pip');
    }
  }
  return { packages, because };
}

/**
 * The shared libraries that Electron's binary wants and the system does not have.
 *
 * @returns {string[]}
 */
function missingLibraries() {
  const binary = electronBinary();
  const ldd = findProgram('ldd');
  if (binary === undefined || ldd === undefined) return [];
  try {
    const listing = execFileSync(ldd, [binary], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [...listing.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  } catch {
    // Not a system that it can tell about: Electron itself will say what it lacks.
    return [];
  }
}

/**
 * The name a package has on this system: since the move to 64-bit time some end in `t64`.
 *
 * @param {string} name
 * @returns {string}
 */
function newerName(name) {
  const aptCache = findProgram('apt-cache');
  if (aptCache === undefined || !['libgtk-3-0', 'libasound2'].includes(name)) return name;
  try {
    execFileSync(aptCache, ['show', `${name}t64`], { stdio: 'ignore' });
    return `${name}t64`;
  } catch {
    return name;
  }
}
