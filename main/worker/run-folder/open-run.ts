import { Run } from '../run.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { SavedRun } from './run-reader.ts';
import type { Dataset, LabelledImages } from '../dataset/dataset.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';

/**
 * A saved run's network with its weights, to look through: its dataset is not needed, and it cannot be trained on. One black image stands in
 * for it.
 * @throws NetworkError where there is not enough memory.
 */
export async function openRun(tf: TensorFlow, { file, tensors }: SavedRun): Promise<Run> {
  const { settings, step } = file;
  const hyperParameters = { ...settings.hyperParameters, batch: 1, augmentation: {} };
  const run = await Run.build(tf, 1, { ...settings, hyperParameters }, (_dataset, input) =>
    Promise.resolve(oneOf(input)),
  );
  run.importTensors(tensors, step);
  return run;
}

function oneOf(shape: Shape): Dataset {
  const image: LabelledImages = { count: 1, shape, pixels: new Uint8Array(sizeOf(shape)), labels: Uint8Array.of(0) };
  const colours = (): never => {
    throw new Error('One image has no colours to speak of');
  };
  return { classes: [], train: image, test: image, skipped: [], colours };
}
