import { openedSceneWindow } from './contenders/scene-window.mjs';
import { machine } from './processor.mjs';
import { mostOthers, patience } from './race.mjs';
import { median, rounded } from './statistics.mjs';

/** Frames whose way to the screen is timed, one after another, each after a rest. */
const timedFrames = 8;

/** @type {readonly ['alexnet', 'lenet5-textbook']} */
const presets = ['alexnet', 'lenet5-textbook'];

/**
 * How many frames a second the scene shows of a network that changes, and how many while the camera moves around it, on 1280×800 CSS pixels; in turns with the
 * same pictures drawn the naive way, a mesh and a canvas texture each. With it how long a frame takes to the screen, and what rest costs.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  const window = await openedSceneWindow();
  /** @type {Record<string, Awaited<ReturnType<typeof raceIn>>>} */
  const results = {};
  try {
    for (const preset of presets) {
      if (options.only && !preset.startsWith(options.only)) continue;
      results[preset] = await raceIn(window, preset, options);
    }
  } finally {
    await window.close();
  }
  const { alexnet, 'lenet5-textbook': lenet5 } = results;
  const figures = {
    ...alexnet,
    ...(lenet5 && { lenet5 }),
    renderer: window.renderer,
    machine: machine(),
    date: new Date().toISOString(),
  };
  const text = [
    ...(alexnet ? described('AlexNet', alexnet) : []),
    ...(lenet5 ? described('LeNet-5 (textbook)', lenet5) : []),
    `1280×800, ${window.renderer}, medians`,
    ...(Object.values(results).every(({ undisturbed }) => undisturbed)
      ? []
      : ['Other processes took part of the machine: run it again when it is quiet.']),
    `${figures.machine}, ${figures.date}`,
  ].join('\n');
  return { figures, text };
}

/**
 * @param {string} name
 * @param {Awaited<ReturnType<typeof raceIn>>} figures
 * @returns {string[]}
 */
function described(name, figures) {
  return [
    `${name}: ${figures.maps} maps of convolutions, ${figures.pictures} pictures in all`,
    `  updating   ${figures.framesPerSecond} frames/s, ${figures.ratioToNaive} × the naive way`,
    `  orbiting   ${figures.orbitFramesPerSecond} frames/s, ${figures.orbitRatioToNaive} × the naive way`,
    `  a frame is on the screen after ${figures.frameMs} ms, the slowest of ${timedFrames} after ${figures.slowestFrameMs} ms`,
    `  at rest    ${figures.idleDraws} draws, drawn at ${Math.round(figures.restScale * 100)} % of the resolution`,
  ];
}

/**
 * @param {Awaited<ReturnType<typeof openedSceneWindow>>} window
 * @param {typeof presets[number]} preset
 * @param {import('./benches.mjs').BenchOptions} options
 */
async function raceIn(window, preset, { rounds, seconds, say }) {
  const { pictures, maps } = await window.setUp('lab', preset);
  await window.setUp('naive', preset);
  /** @type {Record<'update' | 'orbit', { lab: number, naive: number, others: number }[]>} */
  const turns = { update: [], orbit: [] };
  const quiet = (/** @type {'update' | 'orbit'} */ what) => turns[what].filter(({ others }) => others <= mostOthers);
  for (let round = 0; round < rounds * patience; round += 1) {
    if (quiet('update').length >= rounds && quiet('orbit').length >= rounds) break;
    for (const what of /** @type {const} */ (['update', 'orbit'])) {
      const lab = await window.measure('lab', what, seconds);
      const naive = await window.measure('naive', what, seconds);
      const others = Math.max(lab.others, naive.others);
      turns[what].push({ lab: lab.result, naive: naive.result, others });
      say(
        `${preset}, ${what}: ${lab.result.toFixed(1)} frames/s, naive ${naive.result.toFixed(1)}, others ${Math.round(others * 100)} %`,
      );
    }
  }
  await window.dispose('naive');
  const delays = [];
  for (let i = 0; i < timedFrames; i += 1) delays.push((await window.measure('lab', 'latency', 0)).result);
  const { result: idle } = await window.measure('lab', 'idle', 2);
  await window.dispose('lab');

  const undisturbed = ['update', 'orbit'].every(
    (what) => quiet(/** @type {'update' | 'orbit'} */ (what)).length >= Math.min(3, rounds),
  );
  /** The quiet turns; where there are too few, those that were disturbed least. */
  const counted = (/** @type {'update' | 'orbit'} */ what) =>
    undisturbed ? quiet(what) : [...turns[what]].sort((a, b) => a.others - b.others).slice(0, rounds);
  const figuresOf = (/** @type {'update' | 'orbit'} */ what) => ({
    framesPerSecond: rounded(median(counted(what).map(({ lab }) => lab))),
    naive: rounded(median(counted(what).map(({ naive }) => naive))),
    // Of each turn: what disturbed it disturbed both.
    ratio: rounded(median(counted(what).map(({ lab, naive }) => lab / naive))),
  });
  const [update, orbit] = [figuresOf('update'), figuresOf('orbit')];
  return {
    maps,
    pictures,
    framesPerSecond: update.framesPerSecond,
    orbitFramesPerSecond: orbit.framesPerSecond,
    naiveFramesPerSecond: update.naive,
    naiveOrbitFramesPerSecond: orbit.naive,
    ratioToNaive: update.ratio,
    orbitRatioToNaive: orbit.ratio,
    frameMs: rounded(median(delays)),
    slowestFrameMs: rounded(Math.max(...delays)),
    idleDraws: idle.draws,
    restScale: idle.scale,
    turns: counted('update').length,
    undisturbed,
  };
}
