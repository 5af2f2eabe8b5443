import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';

/**
 * Runs a tool of node_modules in the checkout, with no standard input, and hands back its exit status.
 *
 * @param {string} name
 * @param {string[]} args
 * @param {{ output?: 1 | 2, env?: Record<string, string> }} [options] `output` is where its standard output goes: 2 keeps ours clean
 * @returns {Promise<number>}
 */
export function runTool(name, args, { output = 1, env = {} } = {}) {
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32';
    const command = join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', output, 2],
      shell: isWindows,
    });
    const stop = () => void child.kill();
    process.once('exit', stop);
    /** @param {number} code */
    const end = (code) => {
      process.off('exit', stop);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${name} could not be started (${error.message}). Run \`npm run setup\` first.\n`);
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}
