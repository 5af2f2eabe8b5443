import { NetworkError } from '../network-error.ts';
import type { RbfSpec } from '../spec.ts';
import { factsOf, type Rule, wholeImage } from './layer.ts';

/** [inputs] → [classes]; the codes are constants, not weights. */
export const rbf: Rule<RbfSpec> = ({ name, codes }, source) => {
  const [inputs] = source.shape;
  if (source.shape.length !== 1 || inputs === undefined) {
    throw new NetworkError(name, 'An RBF layer reads a vector: put flatten before it');
  }
  if (codes.length === 0) throw new NetworkError(name, 'An RBF layer needs a code for each class: give at least one');
  for (const [label, code] of codes.entries()) {
    if (code.length !== inputs) {
      throw new NetworkError(
        name,
        `The code of class ${label} has ${code.length} numbers, but it is compared with ${inputs}`,
      );
    }
    if (code.some((value) => value !== 1 && value !== -1)) {
      throw new NetworkError(name, `The code of class ${label} holds numbers other than +1 and −1: use only those`);
    }
  }
  const links = inputs * codes.length;
  return factsOf(source, {
    output: [codes.length],
    connections: links,
    // A difference, its square, and a sum.
    flops: 3 * links,
    fanIn: inputs,
    units: codes.length,
    field: wholeImage,
  });
};
