import { sizeOf } from '../../tensor/shape.ts';
import type { GlobalAverageSpec } from '../spec.ts';
import { factsOf, imageShape, type Rule, wholeImage } from './layer.ts';

/** [H, W, maps] → [maps]. */
export const globalAverage: Rule<GlobalAverageSpec> = (spec, source) => {
  const [height, width, maps] = imageShape(spec, source);
  const links = sizeOf(source.shape);
  return factsOf(source, {
    output: [maps],
    connections: links,
    flops: links,
    fanIn: height * width,
    field: wholeImage,
  });
};
