import { setTimeout as delay } from 'node:timers/promises';
import { peakMebibytes, withOthersShare } from './processor.mjs';
import { median } from './statistics.mjs';

/**
 * Something that trains for as long as it is told, in a process of its own.
 *
 * @typedef {{ images: number, seconds: number }} Turn
 * @typedef {{ imagesPerSecond: number, turns: number, undisturbed: boolean, peakMebibytes: number | null }} Figures
 * @typedef {{ name: string, pid: number, run: (seconds: number) => Promise<Turn>, close: () => Promise<void> }} Contender
 */

/** A turn in which other processes took more of the machine than this is taken again. */
export const mostOthers = 0.08;
/** And this many times as often as there are rounds, at most. */
export const patience = 3;

/**
 * Lets contenders train in turns, one at a time, so that what disturbs the machine disturbs all alike.
 *
 * @param {readonly Contender[]} contenders
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<Record<string, Figures>>} medians
 */
export async function race(contenders, { rounds, seconds, say }) {
  /** @type {Map<string, { speed: number, others: number }[]>} */
  const turns = new Map(contenders.map(({ name }) => [name, []]));
  const quiet = (/** @type {string} */ name) => (turns.get(name) ?? []).filter(({ others }) => others <= mostOthers);
  for (let round = 0; round < rounds * patience; round += 1) {
    if (contenders.every(({ name }) => quiet(name).length >= rounds)) break;
    for (const { name, pid, run } of contenders) {
      // What the turn before has left to do ends before this one is timed.
      await delay(200);
      const { result, others } = await withOthersShare([pid], () => run(seconds));
      turns.get(name)?.push({ speed: result.images / result.seconds, others });
      say(`${name}: ${Math.round(result.images / result.seconds)} images/s, others ${Math.round(others * 100)} %`);
    }
  }
  return Object.fromEntries(
    contenders.map(({ name, pid }) => {
      const undisturbed = quiet(name).length >= Math.min(3, rounds);
      const counted = undisturbed
        ? quiet(name)
        : [...(turns.get(name) ?? [])].sort((a, b) => a.others - b.others).slice(0, rounds);
      return [
        name,
        {
          imagesPerSecond: median(counted.map(({ speed }) => speed)),
          turns: counted.length,
          undisturbed,
          peakMebibytes: peakMebibytes(pid),
        },
      ];
    }),
  );
}
