import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * A contender that speaks lines: it says `ready`; told `run SECONDS` it answers `{ "images": n, "seconds": s }`; it ends with its input.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] beside this process's own
 * @returns {Promise<import('../race.mjs').Contender>}
 */
export async function peerContender(name, command, args, env = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint = `${complaint}${text}`.slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended by itself: ${complaint.trim()}`);
    return /** @type {string} */ (value);
  };
  while ((await line()) !== 'ready');
  return {
    name,
    pid: child.pid ?? 0,
    async run(seconds) {
      child.stdin.write(`run ${seconds}\n`);
      return JSON.parse(await line());
    },
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
