import type { ImageSource, SampleId } from '../../../../shared/bench/experiment.ts';
import { m } from '../../../messages/compiled/messages.js';

export const sampleNames: Record<SampleId, () => string> = {
  boats: m.bench_image_boats,
  astronaut: m.bench_image_astronaut,
  coffee: m.bench_image_coffee,
  cat: m.bench_image_cat,
  bricks: m.bench_image_bricks,
  digits: m.bench_image_digits,
};

const originNames: Record<Extract<ImageSource, { source: 'own' }>['origin'], () => string> = {
  file: m.bench_image_origin_file,
  paste: m.bench_image_origin_paste,
  camera: m.bench_image_origin_camera,
  drawing: m.bench_image_origin_drawing,
  dataset: m.bench_image_origin_dataset,
};

/** What the image is called: a file by its name, anything else by where it comes from. */
export function imageName(image: ImageSource): string {
  if (image.source === 'sample') return sampleNames[image.id]();
  return (image.origin === 'file' || image.origin === 'dataset') && image.name !== ''
    ? image.name
    : originNames[image.origin]();
}
