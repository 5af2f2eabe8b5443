import { NetworkError } from '../network-error.ts';
import type { DenseSpec } from '../spec.ts';
import { requireInitialiser } from './initialiser.ts';
import { factsOf, requirePositive, type Rule, wholeImage } from './layer.ts';

/** [inputs] → [units]; the kernel is [inputs, units]. */
export const dense: Rule<DenseSpec> = ({ name, units, initialiser, initialBias }, source) => {
  requirePositive(name, { units });
  requireInitialiser(name, initialiser, initialBias);
  const [fanIn] = source.shape;
  if (source.shape.length !== 1 || fanIn === undefined) {
    throw new NetworkError(name, 'A dense layer reads a vector: put flatten before it');
  }
  return factsOf(source, {
    output: [units],
    weights: [
      { name: 'kernel', shape: [fanIn, units] },
      { name: 'bias', shape: [units] },
    ],
    parameters: (fanIn + 1) * units,
    connections: (fanIn + 1) * units,
    flops: 2 * fanIn * units,
    fanIn,
    units,
    field: wholeImage,
  });
};
