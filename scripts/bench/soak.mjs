import { setTimeout as delay } from 'node:timers/promises';
import { openedWindow } from './contenders/window.mjs';
import { machine } from './processor.mjs';
import { median, rounded } from './statistics.mjs';

/** More than this from the second fifth to the last is growth: the rest is what garbage collectors leave lying. */
const mostMebibytesMore = 48;
const sampleMillis = 5000;

/**
 * Whether long training and watching grows: memory of all processes, and the textures and buffers that WebGL holds. The first fifth of the time, in which caches
 * fill, does not count; of the second and the last the medians are compared.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run({ minutes, say }) {
  const window = await openedWindow();
  try {
    await window.train();
    /** @type {{ mebibytes: number, webGlObjects: number, step: number }[]} */
    const samples = [];
    const until = performance.now() + minutes * 60_000;
    while (performance.now() < until) {
      await delay(sampleMillis);
      const { webGlObjects, step } = await window.progress();
      samples.push({ mebibytes: await window.mebibytes(), webGlObjects, step });
      const { mebibytes } = samples[samples.length - 1];
      if (samples.length % 12 === 0) say(`step ${step}: ${Math.round(mebibytes)} MiB, ${webGlObjects} WebGL objects`);
    }
    const fifth = Math.floor(samples.length / 5);
    if (fifth === 0) throw new Error('The time was too short for five samples: give more --minutes');
    const early = samples.slice(fifth, 2 * fifth);
    const late = samples.slice(-fifth);
    const more = (/** @type {'mebibytes' | 'webGlObjects'} */ what) =>
      median(late.map((sample) => sample[what])) - median(early.map((sample) => sample[what]));
    const figures = {
      minutes,
      steps: samples[samples.length - 1].step,
      mebibytes: rounded(median(late.map(({ mebibytes }) => mebibytes)), 4),
      mebibytesMore: rounded(more('mebibytes')),
      webGlObjectsMore: more('webGlObjects'),
      ok: more('mebibytes') <= mostMebibytesMore && more('webGlObjects') <= 0,
      machine: machine(),
      date: new Date().toISOString(),
    };
    const text = [
      `${minutes} minutes of training and watching LeNet-5 (textbook), ${figures.steps} steps`,
      `  memory of all processes   ${figures.mebibytes} MiB, ${figures.mebibytesMore} more than early on (at most ${mostMebibytesMore})`,
      `  textures and buffers      ${figures.webGlObjectsMore} more (none)`,
      `${figures.machine}, ${figures.date}`,
    ].join('\n');
    return { figures, text };
  } finally {
    await window.close();
  }
}
