import { squash } from '../math/squash.ts';
import type { Activation } from '../network/spec.ts';

/** What a layer makes of one sum, in float64. */
export function activate(sum: number, activation: Activation): number {
  switch (activation) {
    case 'none':
      return sum;
    case 'logistic':
      return 1 / (1 + Math.exp(-sum));
    case 'tanh':
      return Math.tanh(sum);
    case 'scaled-tanh':
      return squash(sum);
    case 'relu':
      return Math.max(0, sum);
    default:
      return activation satisfies never;
  }
}
