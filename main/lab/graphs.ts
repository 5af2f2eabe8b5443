import { imagesFor } from '../../shared/dataset/adaptation.ts';
import { settingsFor } from '../../shared/defaults.ts';
import { type PresetId, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { augmentationFor } from '../worker/augmentation.ts';
import { compile } from '../worker/graph/compile.ts';
import { NativeGraph } from '../worker/graph/native.ts';
import { loadTensorFlow } from '../worker/tensorflow.ts';
import { towersSharing } from '../worker/threading.ts';

/** What is built has room for as few images as an epoch needs: their number changes no op. */
const epochsWorth = 2;

/** How large the native graph of a preset is, with its own recipe, and how long it takes to write and to load. */
export function measureGraph(preset: PresetId): { bytes: number; buildMillis: number; loadMillis: number } {
  const { tf, device } = loadTensorFlow('auto');
  const { dataset, hyperParameters } = settingsFor({ preset, switches: {} });
  const { batch, optimiser, augmentation } = hyperParameters;
  const began = performance.now();
  const network = trace(presets[preset]({}));
  const { input, pixels } = network.spec;
  const imageShape = imagesFor(dataset, input) ?? input;
  const graph = compile({
    trace: network,
    optimiser,
    augmentation: augmentationFor(augmentation, { stored: imageShape, input, pixels, colours: () => greys }),
    batch,
    towers: towersSharing(batch, device.towers),
    imageShape,
    trainImages: epochsWorth * batch,
    testImages: batch,
  });
  const built = performance.now();
  const native = NativeGraph.load(tf, graph);
  const loaded = performance.now();
  native.dispose();
  return { bytes: graph.savedModel.length, buildMillis: built - began, loadMillis: loaded - built };
}

/** Colours that differ in brightness alone. */
const greys = {
  values: [1, 0, 0],
  vectors: [
    [0.577, 0.577, 0.577],
    [0.707, -0.707, 0],
    [0.408, 0.408, -0.816],
  ],
};
