import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../setup/root.mjs';
import { machine } from './processor.mjs';
import { race } from './race.mjs';
import { rounded } from './statistics.mjs';

/** Sides of the kernels. */
const sizes = [3, 11];

/**
 * How long the bench takes to show 512×512 pixels of grey anew, with one kernel and both poolings, on one core; in turns with the same written
 * as one writes it first.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  // Without helpers for compiling and collecting: on a machine of one core there are none.
  const worker = fork(join(import.meta.dirname, 'contenders', 'convolution.mjs'), [await builtArithmetic()], {
    execArgv: ['--single-threaded'],
  });
  const contenders = sizes.flatMap((size) => ['lab', 'naive'].map((name) => contenderIn(worker, name, size)));
  try {
    const results = await race(contenders, options);
    const millis = (/** @type {string} */ name) => 1000 / results[name].imagesPerSecond;
    const [k3, k11] = sizes.map((size) => ({
      ms: rounded(millis(`lab ${size}×${size}`)),
      ratioToNaive: rounded(millis(`naive ${size}×${size}`) / millis(`lab ${size}×${size}`)),
    }));
    const undisturbed = Object.values(results).every((result) => result.undisturbed);
    const figures = {
      k3Ms: k3.ms,
      k11Ms: k11.ms,
      k3RatioToNaive: k3.ratioToNaive,
      k11RatioToNaive: k11.ratioToNaive,
      undisturbed,
      machine: machine(),
      date: new Date().toISOString(),
    };
    const text = [
      '512×512 grey, map and both poolings, one core, medians',
      `  3×3    ${k3.ms} ms, ${k3.ratioToNaive} × as fast as plain loops`,
      `  11×11  ${k11.ms} ms, ${k11.ratioToNaive} × as fast as plain loops`,
      ...(undisturbed ? [] : ['  Other processes took part of the machine: run it again when it is quiet.']),
      `${figures.machine}, ${figures.date}`,
    ].join('\n');
    return { figures, text };
  } finally {
    const exit = once(worker, 'exit');
    worker.disconnect();
    await exit;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} worker
 * @param {string} name
 * @param {number} size
 * @returns {import('./race.mjs').Contender}
 */
function contenderIn(worker, name, size) {
  return {
    name: `${name} ${size}×${size}`,
    pid: worker.pid ?? 0,
    async run(seconds) {
      const died = new AbortController();
      const exited = once(worker, 'exit', { signal: died.signal }).then(() => {
        throw new Error('The process that convolves ended by itself');
      });
      exited.catch(() => undefined);
      worker.send({ contender: name, size, seconds });
      const [turn] = await Promise.race([once(worker, 'message'), exited]);
      died.abort();
      return turn;
    },
    close: async () => {},
  };
}

/**
 * Builds what the window's worker computes with into one file that Node can run.
 *
 * @returns {Promise<string>} its path
 */
async function builtArithmetic() {
  const folder = join(root, 'out', 'bench');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: { ssr: join(root, 'shared', 'bench', 'compute.ts'), outDir: folder, emptyOutDir: true },
  });
  return join(folder, 'compute.js');
}
