import { describe, it } from 'vitest';
import {
  responseNormalisation,
  responseNormalisationBackward,
} from '../../../../shared/math/response-normalisation.ts';
import { runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { expectClose, mapsFrom } from '../testing/references.ts';

const dice = new Dice();

describe(`local response normalisation agrees with its definition in float64 (seed ${dice.seed})`, () => {
  it.each([
    { depth: 5, k: 2, alpha: 1e-4, beta: 0.75, maps: 8, name: 'AlexNet’s numbers' },
    { depth: 5, k: 1, alpha: 0.9, beta: 0.75, maps: 9, name: 'a strong one' },
    { depth: 3, k: 1, alpha: 0.5, beta: 0.5, maps: 4, name: 'a root' },
    { depth: 3, k: 1, alpha: 0.5, beta: 1, maps: 4, name: 'a division' },
    { depth: 7, k: 0.5, alpha: 1, beta: 1.3, maps: 5, name: 'any power, over more maps than there are' },
    { depth: 1, k: 1, alpha: 1, beta: 0.75, maps: 3, name: 'each map by itself' },
  ])('$name', ({ depth, k, alpha, beta, maps }) => {
    const how = { depth, k, alpha, beta };
    const shape = [dice.whole(2, 5), dice.whole(2, 5), maps];
    const { given, made } = runLayer({ kind: 'lrn', name: 'layer', ...how }, shape, dice);
    const input = mapsFrom(given);
    expectClose('output', made.output, responseNormalisation(input, how).values);
    const gradient = { shape: input.shape, values: Float64Array.from(given.cotangent) };
    expectClose('by input', made.byInputs[0]!, responseNormalisationBackward(input, gradient, how).values);
  });
});
