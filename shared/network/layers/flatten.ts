import { sizeOf } from '../../tensor/shape.ts';
import type { FlattenSpec } from '../spec.ts';
import { factsOf, type Rule } from './layer.ts';

/** [H, W, maps] → [H · W · maps], in memory order: map by map within a cell, cell by cell within a row. */
export const flatten: Rule<FlattenSpec> = (_spec, source) => factsOf(source, { output: [sizeOf(source.shape)] });
