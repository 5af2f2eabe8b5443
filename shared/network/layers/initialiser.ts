import { NetworkError } from '../network-error.ts';
import type { Initialiser } from '../spec.ts';

/** @throws NetworkError naming `layer` if first weights or biases could not be drawn so. */
export function requireInitialiser(layer: string, initialiser?: Initialiser, initialBias = 0): void {
  if (!Number.isFinite(initialBias))
    throw new NetworkError(layer, `A bias cannot start at ${initialBias}: give a number`);
  switch (initialiser?.kind) {
    case 'fan-in':
      requireSpread(layer, 'gain', initialiser.gain);
      return;
    case 'normal':
      requireSpread(layer, 'deviation', initialiser.deviation);
      return;
    case 'glorot':
    case 'he':
    case undefined:
      return;
    default:
      initialiser satisfies never;
  }
}

function requireSpread(layer: string, name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new NetworkError(layer, `The initialiser's ${name} must be above zero, not ${value}`);
  }
}
