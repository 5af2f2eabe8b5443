import { parseArgs } from 'node:util';
import { mapViews } from '../../shared/frame/view.ts';
import { threadingFor } from '../../shared/training/threading.ts';
import { inputFromImage } from '../worker/run-folder/input-image.ts';
import { openRun } from '../worker/run-folder/open-run.ts';
import { readRun } from '../worker/run-folder/run-reader.ts';
import { loadTensorFlow } from '../worker/tensorflow.ts';
import { pictureIn } from './image-file.ts';
import { writeNumpyFile } from './numpy-file.ts';
import { required } from './required.ts';
import { UsageError } from './usage.ts';

const options = {
  run: { type: 'string' },
  image: { type: 'string' },
  layer: { type: 'string' },
  of: { type: 'string', default: 'outputs' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Writes what a layer of a saved run says of a picture: float32, HWC, or [units]. */
export async function activations(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  const { run: folder, image, layer, out } = required('activations', values, ['run', 'image', 'layer', 'out']);
  const of = mapViews.find((view) => view === values.of);
  if (!of) throw new UsageError(`--of takes ${mapViews.join(', ')}, not ${values.of}`);
  const saved = await readRun(folder);
  const names = ['input', ...saved.trace.layers.map(({ spec }) => spec.name)];
  if (!names.includes(layer)) {
    throw new Error(`The network has no layer ${layer}; it has ${names.join(', ')}`);
  }
  const picture = await pictureIn(image);
  const pixels = inputFromImage(picture, saved.file.settings.dataset, saved.trace.spec.input);
  const { tf } = loadTensorFlow('auto', threadingFor(saved.trace));
  const run = await openRun(tf, saved);
  try {
    const found = run.readActivations({ source: 'drawn', pixels }, layer, of);
    await writeNumpyFile(out, found, { json: values.json, layer, of, step: run.step });
  } finally {
    run.dispose();
  }
}
