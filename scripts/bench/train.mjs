import { join } from 'node:path';
import { root } from '../setup/root.mjs';
import { labContender } from './contenders/lab.mjs';
import { peerContender } from './contenders/peer.mjs';
import { settingsOf } from './contenders/settings.mjs';
import { machine } from './processor.mjs';
import { race } from './race.mjs';
import { rounded } from './statistics.mjs';

/**
 * Trains LeNet-5 (textbook) on the whole training set, in turns with the stock Layers API on the same library.
 *
 * @param {import('./benches.mjs').BenchOptions} options
 * @returns {Promise<import('./benches.mjs').BenchResult>}
 */
export async function run(options) {
  const settings = await settingsOf('lenet5-textbook');
  const { batch } = settings.hyperParameters;
  // Long enough for a turn never to meet the last epoch.
  const endless = { ...settings, hyperParameters: { ...settings.hyperParameters, epochs: 1000 } };
  const layersApi = [join(import.meta.dirname, 'contenders', 'layers-api.mjs'), datasets(), String(batch)];
  const contenders = [
    await labContender('lab', endless),
    await peerContender('tfjs Layers API', process.execPath, layersApi, {
      TF_ENABLE_ONEDNN_OPTS: '1',
      TF_CPP_MIN_LOG_LEVEL: '2',
    }),
  ];
  try {
    const results = await race(contenders, options);
    const lab = results['lab'];
    const layers = results['tfjs Layers API'];
    const ratioToLayers = lab.imagesPerSecond / layers.imagesPerSecond;
    const figures = {
      lenet5: {
        imagesPerSecond: rounded(lab.imagesPerSecond),
        ratioToLayers: rounded(ratioToLayers),
        layersImagesPerSecond: rounded(layers.imagesPerSecond),
        peakMebibytes: lab.peakMebibytes && rounded(lab.peakMebibytes),
        layersPeakMebibytes: layers.peakMebibytes && rounded(layers.peakMebibytes),
        turns: lab.turns,
        undisturbed: lab.undisturbed && layers.undisturbed,
      },
      batch,
      machine: machine(),
      date: new Date().toISOString(),
    };
    return { figures, text: report(figures.lenet5, figures) };
  } finally {
    await Promise.all(contenders.map(({ close }) => close()));
  }
}

/**
 * @param {{ imagesPerSecond: number, ratioToLayers: number, layersImagesPerSecond: number, turns: number, undisturbed: boolean }} lenet5
 * @param {{ batch: number, machine: string, date: string }} circumstances
 * @returns {string}
 */
function report(lenet5, { batch, machine: computer, date }) {
  return [
    `LeNet-5 (textbook), MNIST, batch ${batch}, medians of ${lenet5.turns} turns each, oneDNN on for both`,
    `  lab               ${lenet5.imagesPerSecond} images/s`,
    `  tfjs Layers API   ${lenet5.layersImagesPerSecond} images/s`,
    `  ratio             ${lenet5.ratioToLayers}`,
    ...(lenet5.undisturbed ? [] : ['  Other processes took part of the machine: run it again when it is quiet.']),
    `${computer}, ${date}`,
  ].join('\n');
}

function datasets() {
  return process.env['CONVOLENS_DATASETS'] ?? join(root, 'resources', 'datasets');
}
