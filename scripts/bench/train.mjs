import { layersApi, peersFor } from './contenders/peers.mjs';
import { labContender } from './contenders/lab.mjs';
import { noiseImages } from './contenders/noise-images.mjs';
import { peerContender } from './contenders/peer.mjs';
import { networkNamed } from './contenders/networks.mjs';
import { machine } from './processor.mjs';
import { race } from './race.mjs';
import { rounded } from './statistics.mjs';

/** Images in the folder AlexNet trains on: a few turns' worth. */
const alexnetImages = 192;

const matrixProduct = 'matrix product';

/**
 * Training speed of LeNet-5 (textbook, batch 128) and AlexNet (as in torchvision, 224², batch 32) in turns with whatever else can train them here.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  const only = options.only;
  const lenet5 = only === 'alexnet' ? null : await raceLenet5(options);
  const alexnet = only === 'lenet5' ? null : await raceAlexnet(options);
  const circumstances = { machine: machine(), date: new Date().toISOString() };
  const text = [
    ...(lenet5 ? report('LeNet-5 (textbook), MNIST, batch 128', lenet5) : []),
    ...(alexnet ? report('AlexNet as in torchvision, 224², batch 32', alexnet) : []),
    `${circumstances.machine}, ${circumstances.date}`,
  ].join('\n');
  return {
    figures: {
      ...(lenet5 && { lenet5: figuresOf(lenet5) }),
      ...(alexnet && { alexnet: figuresOf(alexnet) }),
      ...circumstances,
    },
    text,
  };
}

/** @param {import('./benches.mjs').BenchOptions} options */
async function raceLenet5(options) {
  const { settings } = await networkNamed('lenet5-textbook');
  const lab = await labContender('lab', endless(settings));
  return raced([lab, ...(await peersFor('lenet5', settings.hyperParameters.batch, options.say))], options, 0);
}

/** @param {import('./benches.mjs').BenchOptions} options */
async function raceAlexnet(options) {
  const { settings, trainingFlops } = await networkNamed('alexnet-torchvision');
  const plain = {
    ...settings,
    hyperParameters: {
      ...settings.hyperParameters,
      batch: 32,
      weightDecay: 0,
      augmentation: {},
    },
  };
  const images = noiseImages(alexnetImages, 256);
  try {
    const lab = await labContender('lab', endless(plain), { threading: 'whole', images: images.folder });
    const product = await peerContender(
      matrixProduct,
      process.execPath,
      [new URL('./contenders/matrix-product.mjs', import.meta.url).pathname],
      { TF_ENABLE_ONEDNN_OPTS: '1', TF_CPP_MIN_LOG_LEVEL: '3' },
    );
    const slower = { ...options, seconds: Math.max(options.seconds, 4) };
    return await raced([lab, product, ...(await peersFor('alexnet', 32, options.say))], slower, trainingFlops / 1e9);
  } finally {
    images.remove();
  }
}

/**
 * @typedef {object} Result
 * @property {Record<string, import('./race.mjs').Figures>} contenders
 * @property {number} imagesPerSecond
 * @property {number} ratioToLayers
 * @property {string} bestPeer
 * @property {number} ratioToBestPeer
 * @property {number | null} gemmShare of the measured matrix product rate
 * @property {boolean} undisturbed
 */

/**
 * @param {import('./race.mjs').Contender[]} contenders the lab first
 * @param {import('./benches.mjs').BenchOptions} options
 * @param {number} gigaflopsAnImage 0 where no matrix product takes part
 * @returns {Promise<Result>}
 */
async function raced(contenders, options, gigaflopsAnImage) {
  try {
    const results = await race(contenders, options);
    const lab = results['lab'];
    const peers = Object.entries(results).filter(([name]) => name !== 'lab' && name !== matrixProduct);
    const [bestPeer, best] = peers.reduce((a, b) => (b[1].imagesPerSecond > a[1].imagesPerSecond ? b : a));
    const product = results[matrixProduct];
    return {
      contenders: results,
      imagesPerSecond: lab.imagesPerSecond,
      ratioToLayers: lab.imagesPerSecond / results[layersApi].imagesPerSecond,
      bestPeer,
      ratioToBestPeer: lab.imagesPerSecond / best.imagesPerSecond,
      gemmShare: product ? (lab.imagesPerSecond * gigaflopsAnImage) / product.imagesPerSecond : null,
      undisturbed: Object.values(results).every(({ undisturbed }) => undisturbed),
    };
  } finally {
    await Promise.all(contenders.map(({ close }) => close()));
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

/** @param {Result} result */
function figuresOf({ contenders, ...result }) {
  return {
    ...result,
    imagesPerSecond: rounded(result.imagesPerSecond),
    ratioToLayers: rounded(result.ratioToLayers),
    ratioToBestPeer: rounded(result.ratioToBestPeer),
    ...(result.gemmShare !== null && { gemmShare: rounded(result.gemmShare) }),
    contenders: Object.fromEntries(
      Object.entries(contenders).map(([name, { imagesPerSecond, peakMebibytes, turns }]) => [
        name,
        {
          [name === matrixProduct ? 'gigaflops' : 'imagesPerSecond']: rounded(imagesPerSecond),
          peakMebibytes: peakMebibytes === null ? null : Math.round(peakMebibytes),
          turns,
        },
      ]),
    ),
  };
}

/**
 * @param {string} title
 * @param {Result} result
 * @returns {string[]}
 */
function report(title, result) {
  const lines = Object.entries(result.contenders).map(([name, { imagesPerSecond, peakMebibytes }]) => {
    const unit = name === matrixProduct ? 'GFLOP/s' : 'images/s';
    const memory = peakMebibytes === null ? '' : `, at most ${Math.round(peakMebibytes)} MiB`;
    return `  ${name.padEnd(18)}${rounded(imagesPerSecond)} ${unit}${memory}`;
  });
  return [
    `${title}: medians, oneDNN on`,
    ...lines,
    `  ${rounded(result.ratioToLayers)} × the Layers API, ${rounded(result.ratioToBestPeer)} × ${result.bestPeer}`,
    ...(result.gemmShare === null ? [] : [`  ${rounded(result.gemmShare * 100)} % of the matrix product rate`]),
    ...(result.undisturbed ? [] : ['  Other processes took part of the machine: run it again when it is quiet.']),
  ];
}
