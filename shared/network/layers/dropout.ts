import { NetworkError } from '../network-error.ts';
import type { DropoutSpec } from '../spec.ts';
import { factsOf, type Rule } from './layer.ts';

/** Any shape → the same. */
export const dropout: Rule<DropoutSpec> = ({ name, rate }, source) => {
  if (!(rate >= 0 && rate < 1)) {
    throw new NetworkError(
      name,
      `The rate is the share of numbers that are zeroed: at least 0 and below 1, not ${rate}`,
    );
  }
  return factsOf(source, {});
};
