import { setTimeout as delay } from 'node:timers/promises';
import { openedWindow } from './contenders/window.mjs';
import { machine } from './processor.mjs';
import { median, rounded } from './statistics.mjs';

/** What is promised: see docs/results.md. */
const promised = { mebibytes: 64, share: 0.98 };

/** How long the page is stopped, in seconds. */
const blockedSeconds = 60;
/** Until training runs evenly, its first frames have been drawn, and what is kept has been allocated. */
const settlingSeconds = 20;

/**
 * What a window costs that takes nothing any more: the page's process is stopped for a minute while LeNet-5 (textbook) trains and is watched. Memory of all
 * processes against the minute before; training speed against a window that is hidden, and so asks for no frames.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run({ say }) {
  const window = await openedWindow();
  try {
    await window.train();
    await delay(settlingSeconds * 1000);
    const shown = [];
    for (let second = 0; second < settlingSeconds; second += 1) {
      await delay(1000);
      shown.push(await window.mebibytes());
    }
    const before = Math.max(...shown);
    say(`shown: ${Math.round(before)} MiB at most`);

    const hidden = [await hiddenSpeed(window)];
    await window.show();
    await delay(3000);
    const begin = await window.progress();
    let most = 0;
    await window.block(blockedSeconds, (mebibytes) => (most = Math.max(most, mebibytes)));
    // What came meanwhile is told first.
    await delay(2000);
    const end = await window.progress();
    const blocked = (end.step - begin.step) / ((end.at - begin.at) / 1000);
    say(`blocked: ${Math.round(most)} MiB at most, ${rounded(blocked)} steps/s`);
    hidden.push(await hiddenSpeed(window));
    say(`hidden before and after: ${hidden.map((speed) => rounded(speed)).join(' and ')} steps/s`);

    const figures = {
      blockedSeconds,
      mebibytesMore: rounded(most - before),
      speedShare: rounded(blocked / median(hidden)),
      ok: most - before <= promised.mebibytes && blocked / median(hidden) >= promised.share,
      machine: machine(),
      date: new Date().toISOString(),
    };
    const text = [
      `A window that takes nothing for ${blockedSeconds} s, LeNet-5 (textbook) training and watched`,
      `  memory of all processes   ${figures.mebibytesMore} MiB more (at most ${promised.mebibytes})`,
      `  training                  ${rounded(figures.speedShare * 100)} % of its speed with a hidden window (at least ${promised.share * 100} %)`,
      `${figures.machine}, ${figures.date}`,
    ].join('\n');
    return { figures, text };
  } finally {
    await window.close();
  }
}

/**
 * Steps a second while the window is hidden.
 *
 * @param {Awaited<ReturnType<typeof openedWindow>>} window
 */
async function hiddenSpeed(window) {
  await window.hide();
  await delay(3000);
  const begin = await window.progress();
  await delay((blockedSeconds / 2) * 1000);
  const end = await window.progress();
  return (end.step - begin.step) / ((end.at - begin.at) / 1000);
}
