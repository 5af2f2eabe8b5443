import { spawn } from 'node:child_process';

/**
 * The commands under way: they end when this process does.
 *
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/**
 * How a command ended, and all it said.
 *
 * @typedef {{ code: number, output: string, errors: string }} Outcome
 */

/**
 * Runs a command to its end with no standard input, and hands back what it said; a command that cannot be started has code 127.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onErrors?: (text: string) => void }} [options] `onErrors` hears standard error as it comes
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, { cwd, env, onErrors } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // On Windows npm is a .cmd file, which only a shell starts.
      shell: process.platform === 'win32' && command === 'npm',
    });
    running.add(child);
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
      onErrors?.(text);
    });
    /** @param {number} code */
    const end = (code) => {
      running.delete(child);
      resolve({ code, output, errors });
    };
    child.on('error', (error) => {
      errors += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs npm: the one that runs this script where there is one.
 *
 * @param {string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 * @returns {Promise<Outcome>}
 */
export function runNpm(args, options) {
  const npm = process.env['npm_execpath'];
  return npm?.endsWith('.js')
    ? runCommand(process.execPath, [npm, ...args], options)
    : runCommand('npm', args, options);
}

/**
 * Waits for a command that has to succeed.
 *
 * @param {Promise<Outcome>} running
 * @param {(cause: string) => Error} complaint the error for when it does not
 * @returns {Promise<Outcome>}
 */
export async function succeeding(running, complaint) {
  const outcome = await running;
  if (outcome.code !== 0) throw complaint(causeOf(outcome));
  return outcome;
}

/**
 * The line of a failed command's output that says most: the first that speaks of an error, else the last.
 *
 * @param {Outcome} outcome
 * @returns {string}
 */
export function causeOf({ code, output, errors }) {
  const lines = `${errors}\n${output}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^npm (http|error (code|errno|syscall|type|A complete log)\b|error$)/.test(line));
  // pip says why a connection broke only in its warnings, inside Python's own words.
  const broken = /connection broken by .*?([^:'\]]+)'\)'/.exec(lines.find((line) => line.startsWith('WARNING:')) ?? '');
  if (broken) return `connection broken: ${broken[1].trim()}`;
  const telling = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
  return telling?.replace(/^npm error /, '').replace(/\.$/, '') ?? `exit code ${code}`;
}
