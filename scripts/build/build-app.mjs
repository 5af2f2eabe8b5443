import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';
import { fingerprint } from './fingerprint.mjs';
import { runTool } from './tool.mjs';

const stamp = join(root, 'out', '.built-from');

/**
 * Turns the message catalogues into typed functions, which the renderer and its tests import.
 *
 * @returns {Promise<boolean>} whether it went well
 */
export async function compileMessages() {
  const args = ['compile', '--project', './project.inlang', '--outdir', './renderer/messages/compiled', '--silent'];
  return (await runTool('paraglide-js', args, { output: 2 })) === 0;
}

/**
 * Builds the app into out/, unless what is there was built from just these files. The tools speak on standard error.
 *
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<boolean>} whether out/ is up to date now
 */
export async function buildApp({ force = false } = {}) {
  if (!force && isBuiltFrom(fingerprint(root))) return true;
  process.stderr.write('Building the app…\n');
  const begun = Date.now();
  rmSync(stamp, { force: true });
  // The fingerprint is taken after the messages: compiling them in a fresh clone writes the settings of project.inlang anew.
  const sources = (await compileMessages()) ? fingerprint(root) : undefined;
  const exitStatus = sources && (await runTool('electron-vite', ['build', '--logLevel', 'warn'], { output: 2 }));
  if (!sources || exitStatus !== 0) {
    process.stderr.write('The app could not be built: what is wrong stands above.\n');
    return false;
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stamp, sources);
  process.stderr.write(`Built in ${((Date.now() - begun) / 1000).toFixed(1)} s.\n`);
  return true;
}

/**
 * @param {string} sources
 * @returns {boolean}
 */
function isBuiltFrom(sources) {
  const results = ['main/index.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html'];
  return (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sources &&
    results.every((result) => existsSync(join(root, 'out', result)))
  );
}
