import { labContender, wholeView } from './contenders/lab.mjs';
import { networkNamed } from './contenders/networks.mjs';
import { noiseImages } from './contenders/noise-images.mjs';
import { openedWindow } from './contenders/window.mjs';
import { machine } from './processor.mjs';
import { mostOthers, patience, race } from './race.mjs';
import { median, rounded } from './statistics.mjs';

/** Clicks whose delay is measured, one after another while the network trains and the view draws. */
const clicks = 20;

/** Images in the folder AlexNet trains on, and their side in pixels: as in the race of training speeds. */
const alexnetImages = 192;
const alexnetSide = 256;
/** A step of AlexNet takes a second or two: a turn takes several. */
const leastAlexnetSeconds = 15;

/**
 * What watching costs training, of LeNet-5 (textbook) and AlexNet (as in torchvision, batch 32): with frames taken by another process and not drawn,
 * against the same worker unwatched; and of LeNet-5 in the real window, shown against hidden, with the frames it draws and the delay of a click.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  const lenet5 = options.only === 'alexnet' ? null : await watchedLenet5(options);
  const alexnet = options.only === 'lenet5' ? null : await watchedAlexnet(options);
  const figures = {
    ...(lenet5 && { lenet5 }),
    ...(alexnet && { alexnet }),
    machine: machine(),
    date: new Date().toISOString(),
  };
  const percent = (/** @type {number} */ share) => `${rounded(share * 100)} %`;
  const taken = (/** @type {Awaited<ReturnType<typeof framesTaken>>} */ { watchedShare, takenPerSecond }) =>
    `  frames taken, not drawn   ${percent(watchedShare)} of the unwatched speed, ${takenPerSecond} frames/s`;
  const disturbed = '  Other processes took part of the machine: run it again when it is quiet.';
  const text = [
    ...(lenet5
      ? [
          `LeNet-5 (textbook), MNIST, medians`,
          taken(lenet5),
          `  drawn in the window       ${percent(lenet5.drawnShare)} of the hidden window's speed, ${lenet5.framesPerSecond} frames/s (${lenet5.renderer})`,
          `  a click until it shows    ${lenet5.latencyMs} ms, the slowest of ${clicks} ${lenet5.slowestMs} ms`,
          ...(lenet5.undisturbed && lenet5.windowUndisturbed ? [] : [disturbed]),
        ]
      : []),
    ...(alexnet
      ? [
          `AlexNet as in torchvision, 224², batch 32, medians`,
          taken(alexnet),
          ...(alexnet.undisturbed ? [] : [disturbed]),
        ]
      : []),
    `${figures.machine}, ${figures.date}`,
  ].join('\n');
  return { figures, text };
}

/** @param {import('./benches.mjs').BenchOptions} options */
async function watchedLenet5(options) {
  const { settings } = await networkNamed('lenet5-textbook');
  const taken = await framesTaken(endless(settings), options);
  return { ...taken, ...(await framesDrawn(options)) };
}

/** @param {import('./benches.mjs').BenchOptions} options */
async function watchedAlexnet(options) {
  const { settings } = await networkNamed('alexnet-torchvision');
  const images = noiseImages(alexnetImages, alexnetSide);
  try {
    const hyperParameters = { ...settings.hyperParameters, batch: 32, weightDecay: 0, augmentation: {} };
    const slower = { ...options, seconds: Math.max(options.seconds, leastAlexnetSeconds) };
    return await framesTaken(endless({ ...settings, hyperParameters }), slower, {
      threading: 'whole',
      images: images.folder,
    });
  } finally {
    images.remove();
  }
}

/**
 * A turn never meets the last epoch.
 *
 * @param {import('../../shared/contract.ts').RunSettings} settings
 * @returns {import('../../shared/contract.ts').RunSettings}
 */
function endless(settings) {
  return { ...settings, hyperParameters: { ...settings.hyperParameters, epochs: 1000 } };
}

/**
 * @param {import('../../shared/contract.ts').RunSettings} settings
 * @param {import('./benches.mjs').BenchOptions} options
 * @param {import('./contenders/lab.mjs').WorkerOptions} [workerOptions]
 */
async function framesTaken(settings, options, workerOptions) {
  const { worker, pid, run: train, close } = await labContender('unwatched', settings, workerOptions);
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
      worker.tell({ type: 'watch', image: { source: 'test', index: 0 }, view: wholeView });
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
