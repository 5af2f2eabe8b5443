import type { LayerSpec } from '../spec.ts';
import { add } from './add.ts';
import { batchNorm } from './batch-norm.ts';
import { conv } from './conv.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { globalAverage } from './global-average.ts';
import type { LayerFacts, LayerSource } from './layer.ts';
import { lrn } from './lrn.ts';
import { pool } from './pool.ts';
import { rbf } from './rbf.ts';
import { shortcut } from './shortcut.ts';
import { subsample } from './subsample.ts';

/**
 * What follows from one layer's spec and what it reads. A new kind does not compile until it has a case here.
 * @throws NetworkError if it cannot work.
 */
export function layerFacts(spec: LayerSpec, source: LayerSource, other?: LayerSource): LayerFacts {
  switch (spec.kind) {
    case 'conv':
      return conv(spec, source);
    case 'pool':
      return pool(spec, source);
    case 'subsample':
      return subsample(spec, source);
    case 'lrn':
      return lrn(spec, source);
    case 'batch-norm':
      return batchNorm(spec, source);
    case 'dropout':
      return dropout(spec, source);
    case 'flatten':
      return flatten(spec, source);
    case 'dense':
      return dense(spec, source);
    case 'add':
      return add(spec, source, other);
    case 'shortcut':
      return shortcut(spec, source);
    case 'global-average':
      return globalAverage(spec, source);
    case 'rbf':
      return rbf(spec, source);
    default:
      return spec satisfies never;
  }
}

export type { LayerFacts, LayerSource, NamedShape } from './layer.ts';
