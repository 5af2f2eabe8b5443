import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';

/**
 * Processor time that has been used since the machine started, in seconds: by everyone, and by some processes with the
 * threads they have now. Null where the system does not tell (elsewhere than on Linux).
 *
 * @param {readonly number[]} pids
 * @param {number} ticks clock ticks a second
 * @returns {{ all: number, own: number } | null}
 */
function used(pids, ticks) {
  try {
    const [user, nice, system, , , irq, softIrq] = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)[0]
      .split(/\s+/)
      .slice(1)
      .map(Number);
    const own = pids.map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    });
    return {
      all: (user + nice + system + irq + softIrq) / ticks,
      own: own.reduce((sum, used) => sum + used, 0) / ticks,
    };
  } catch {
    return null;
  }
}

/**
 * Measures what share of the machine, 0–1, other processes take while `work` runs: figures of a disturbed turn are worth nothing.
 *
 * @template Result
 * @param {readonly number[]} pids the processes that work
 * @param {() => Promise<Result>} work
 * @returns {Promise<{ result: Result, others: number }>} `others` is 0 where it cannot be known
 */
export async function withOthersShare(pids, work) {
  const ticks = await clockTicks();
  const before = used(pids, ticks);
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const after = used(pids, ticks);
  if (!before || !after) return { result, others: 0 };
  const others = after.all - before.all - (after.own - before.own);
  return { result, others: Math.max(0, others) / (seconds * availableParallelism()) };
}

/**
 * What processes hold together, in MiB: memory that they share counts once. Files that they map (the programs themselves) do not count, since their pages
 * are shared with whoever else runs the same programs. 0 where the system does not tell.
 *
 * @param {readonly number[]} pids those that have ended meanwhile hold nothing
 * @returns {number}
 */
export function heldMebibytes(pids) {
  let kibibytes = 0;
  for (const pid of pids) {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      for (const [, held] of text.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+)/gm)) kibibytes += Number(held);
    } catch {
      continue;
    }
  }
  return kibibytes / 1024;
}

/**
 * The largest memory a process has held so far, in MiB; null where the system does not tell.
 *
 * @param {number} pid
 * @returns {number | null}
 */
export function peakMebibytes(pid) {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Number(line[1]) / 1024 : null;
  } catch {
    return null;
  }
}

/**
 * The machine in a line: the figures of another are others.
 *
 * @returns {string}
 */
export function machine() {
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${process.platform} ${process.arch}`;
}

/** @type {Promise<number> | undefined} */
let ticksPerSecond;

/** @returns {Promise<number>} */
function clockTicks() {
  ticksPerSecond ??= promisify(execFile)('getconf', ['CLK_TCK']).then(
    ({ stdout }) => Number(stdout),
    () => 100,
  );
  return ticksPerSecond;
}
