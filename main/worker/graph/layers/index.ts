import { conv } from './conv.ts';
import { dense } from './dense.ts';
import { flatten } from './flatten.ts';
import type { Forward, LayerInputs } from './layer.ts';
import { pool } from './pool.ts';

/** Writes one layer into the graph. A new kind does not compile until it has a case here. */
export function forward(inputs: LayerInputs): Forward {
  const { spec } = inputs.layer;
  switch (spec.kind) {
    case 'conv':
      return conv(spec, inputs);
    case 'pool':
      return pool(spec, inputs);
    case 'flatten':
      return flatten(inputs);
    case 'dense':
      return dense(spec, inputs);
    default:
      return spec satisfies never;
  }
}

export type { Forward, LayerInputs } from './layer.ts';
