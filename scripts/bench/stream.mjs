import { labContender } from './contenders/lab.mjs';
import { networkNamed } from './contenders/networks.mjs';
import { openedWindow } from './contenders/window.mjs';
import { machine } from './processor.mjs';
import { mostOthers, patience, race } from './race.mjs';
import { median, rounded } from './statistics.mjs';

/** Clicks whose delay is measured, one after another while the network trains and the view draws. */
const clicks = 20;

/**
 * What watching LeNet-5 (textbook) costs its training: with frames taken by another process and not drawn, against the same worker unwatched; and in the
 * real window, shown against hidden, with the frames it draws and the delay of a click.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  const { settings } = await networkNamed('lenet5-textbook');
  const endless = { ...settings, hyperParameters: { ...settings.hyperParameters, epochs: 1000 } };
  const taken = await framesTaken(endless, options);
  const drawn = await framesDrawn(options);
  const lenet5 = { ...taken, ...drawn };
  const figures = { lenet5, machine: machine(), date: new Date().toISOString() };
  const percent = (/** @type {number} */ share) => `${rounded(share * 100)} %`;
  const text = [
    `LeNet-5 (textbook), MNIST, medians`,
    `  frames taken, not drawn   ${percent(lenet5.watchedShare)} of the unwatched speed, ${lenet5.takenPerSecond} frames/s`,
    `  drawn in the window       ${percent(lenet5.drawnShare)} of the hidden window's speed, ${lenet5.framesPerSecond} frames/s (${lenet5.renderer})`,
    `  a click until it shows    ${lenet5.latencyMs} ms, the slowest of ${clicks} ${lenet5.slowestMs} ms`,
    ...(lenet5.undisturbed && lenet5.windowUndisturbed
      ? []
      : ['  Other processes took part of the machine: run it again when it is quiet.']),
    `${figures.machine}, ${figures.date}`,
  ].join('\n');
  return { figures, text };
}

/**
 * @param {import('../../shared/contract.ts').RunSettings} settings
 * @param {import('./benches.mjs').BenchOptions} options
 */
async function framesTaken(settings, options) {
  const { worker, pid, run: train, close } = await labContender('unwatched', settings);
  let frames = 0;
  let seconds = 0;
  let takenFrames = 0;
  let watching = false;
  worker.listen((event) => {
    if (event.type !== 'frame') return;
    frames += 1;
    if (watching) worker.tell({ type: 'credit', frames: 1 });
  });
  /** @type {import('./race.mjs').Contender} */
  const watched = {
    name: 'watched',
    pid,
    async run(duration) {
      watching = true;
      worker.tell({ type: 'watch', image: { source: 'test', index: 0 } });
      worker.tell({ type: 'credit', frames: 2 });
      const before = frames;
      const turn = await train(duration);
      watching = false;
      // The last frames spend the credits that are left: unwatched again.
      await worker.spendCredits();
      seconds += duration;
      takenFrames += frames - before;
      return turn;
    },
    close: async () => {},
  };
  try {
    const results = await race([{ name: 'unwatched', pid, run: train, close }, watched], options);
    return {
      watchedShare: rounded(results['watched'].imagesPerSecond / results['unwatched'].imagesPerSecond),
      takenPerSecond: rounded(takenFrames / seconds),
      undisturbed: results['watched'].undisturbed && results['unwatched'].undisturbed,
    };
  } finally {
    await close();
  }
}

/** @param {import('./benches.mjs').BenchOptions} options */
async function framesDrawn({ rounds, seconds, say }) {
  const window = await openedWindow();
  try {
    await window.train();
    /** @type {{ shown: number, hidden: number, draws: number, others: number }[]} */
    const turns = [];
    const quiet = () => turns.filter(({ others }) => others <= mostOthers);
    while (turns.length < rounds * patience && quiet().length < rounds) {
      await window.hide();
      const hidden = await window.measure(seconds);
      await window.show();
      const shown = await window.measure(seconds);
      const others = Math.max(hidden.others, shown.others);
      turns.push({
        shown: shown.imagesPerSecond,
        hidden: hidden.imagesPerSecond,
        draws: shown.drawsPerSecond,
        others,
      });
      say(
        `window: ${Math.round(shown.imagesPerSecond)} images/s shown at ${shown.drawsPerSecond.toFixed(1)} draws/s, ${Math.round(hidden.imagesPerSecond)} hidden, others ${Math.round(others * 100)} %`,
      );
    }
    const undisturbed = quiet().length >= Math.min(3, rounds);
    const counted = undisturbed ? quiet() : turns;
    const shown = median(counted.map((turn) => turn.shown));
    const hidden = median(counted.map((turn) => turn.hidden));
    const delays = await window.clickDelays(clicks);
    return {
      drawnShare: rounded(shown / hidden),
      shownImagesPerSecond: rounded(shown),
      hiddenImagesPerSecond: rounded(hidden),
      framesPerSecond: rounded(median(counted.map(({ draws }) => draws))),
      latencyMs: rounded(median(delays)),
      slowestMs: rounded(Math.max(...delays)),
      renderer: window.renderer,
      windowUndisturbed: undisturbed,
    };
  } finally {
    await window.close();
  }
}
