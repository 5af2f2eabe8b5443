import { join } from 'node:path';
import { runCommand, succeeding } from '../command.mjs';
import { sentenceFromError } from '../complaint.mjs';
import { electronPackage } from './place.mjs';

const patienceMillis = 4000;

/**
 * Whether the host that Electron's own installer downloads from (or the mirror that is set for it) answers.
 *
 * @returns {Promise<boolean>}
 */
export async function upstreamAnswers() {
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/';
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(patienceMillis) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs Electron's own installer, which checks what it downloads against the checksums inside the npm package.
 *
 * @param {import('../progress.mjs').Progress} progress
 * @returns {Promise<string | undefined>} why it failed, or undefined when it did not
 */
export async function installFromUpstream(progress) {
  const install = () =>
    succeeding(
      runCommand(process.execPath, [join(electronPackage, 'install.js')], {
        cwd: electronPackage,
        env: { ELECTRON_SKIP_BINARY_DOWNLOAD: '', ELECTRON_GET_NO_PROGRESS: '1' },
      }),
      (cause) => new Error(cause),
    );
  try {
    await progress.during("downloading Electron (about 110 MB) with Electron's own installer", install);
    return undefined;
  } catch (error) {
    return sentenceFromError(error);
  }
}
