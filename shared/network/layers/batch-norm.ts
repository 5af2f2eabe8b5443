import { sizeOf } from '../../tensor/shape.ts';
import { NetworkError } from '../network-error.ts';
import type { BatchNormSpec } from '../spec.ts';
import { factsOf, imageShape, type Rule } from './layer.ts';

/** [H, W, maps] → the same shape; a scale, a shift and two running moments a map. */
export const batchNorm: Rule<BatchNormSpec> = (spec, source) => {
  const { name, momentum, epsilon } = spec;
  if (!(momentum >= 0 && momentum < 1)) {
    throw new NetworkError(
      name,
      `momentum is the share kept of the old moments: at least 0 and below 1, not ${momentum}`,
    );
  }
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new NetworkError(
      name,
      `epsilon must be above zero, not ${epsilon}: it keeps a flat map from dividing by zero`,
    );
  }
  const [, , maps] = imageShape(spec, source);
  const shape = [maps];
  return factsOf(source, {
    weights: [
      { name: 'scale', shape },
      { name: 'shift', shape },
    ],
    state: [
      { name: 'mean', shape },
      { name: 'variance', shape },
    ],
    parameters: 2 * maps,
    flops: 2 * sizeOf(source.shape),
  });
};
