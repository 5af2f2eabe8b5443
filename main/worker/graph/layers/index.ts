import { add } from './add.ts';
import { batchNorm } from './batch-norm.ts';
import { conv } from './conv.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { globalAverage } from './global-average.ts';
import type { Forward, LayerInputs } from './layer.ts';
import { lrn } from './lrn.ts';
import { pool } from './pool.ts';
import { rbf } from './rbf.ts';
import { shortcut } from './shortcut.ts';
import { subsample } from './subsample.ts';

/** Writes one layer into the graph. A new kind does not compile until it has a case here. */
export function forward(inputs: LayerInputs): Forward {
  const { spec } = inputs.layer;
  switch (spec.kind) {
    case 'conv':
      return conv(spec, inputs);
    case 'pool':
      return pool(spec, inputs);
    case 'subsample':
      return subsample(spec, inputs);
    case 'lrn':
      return lrn(spec, inputs);
    case 'batch-norm':
      return batchNorm(spec, inputs);
    case 'dropout':
      return dropout(spec, inputs);
    case 'flatten':
      return flatten(inputs);
    case 'dense':
      return dense(spec, inputs);
    case 'add':
      return add(spec, inputs);
    case 'shortcut':
      return shortcut(spec, inputs);
    case 'global-average':
      return globalAverage(inputs);
    case 'rbf':
      return rbf(spec, inputs);
    default:
      return spec satisfies never;
  }
}

export type { Forward, LayerInputs, Training } from './layer.ts';
