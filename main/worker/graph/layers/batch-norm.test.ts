import { describe, expect, it } from 'vitest';
import { batchNormalisation, momentsOf } from '../../../../shared/math/batch-normalisation.ts';
import type { BatchNormSpec } from '../../../../shared/network/spec.ts';
import { runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { expectAsFormula, expectClose, mapsFrom } from '../testing/references.ts';

const dice = new Dice();
const spec: BatchNormSpec = { kind: 'batch-norm', name: 'layer', momentum: 0.9, epsilon: 1e-3, activation: 'tanh' };

describe(`batch normalisation (seed ${dice.seed})`, () => {
  const shape = () => [dice.whole(2, 6), dice.whole(2, 6), dice.whole(1, 5)];

  it('goes by the batch’s own moments in training, and its gradients through them', () => {
    const run = runLayer(spec, shape(), dice);
    expectAsFormula(run, (maps, [scale, shift]) =>
      batchNormalisation(maps, momentsOf(maps), scale!, shift!, spec.epsilon).values.map(Math.tanh),
    );
  });

  it('goes by its running moments in evaluation, and leaves them as they are', () => {
    const run = runLayer(spec, shape(), dice, { mode: 'evaluation' });
    const [mean, variance] = run.given.state.map((values) => Float64Array.from(values));
    expectAsFormula(run, (maps, [scale, shift]) =>
      batchNormalisation(maps, { mean: mean!, variance: variance! }, scale!, shift!, spec.epsilon).values.map(
        Math.tanh,
      ),
    );
    expect(run.made.state).toEqual([]);
  });

  it.each([0, 0.9, 0.99])('keeps %f of the old moments, and takes the rest from the batch', (momentum) => {
    const { given, made } = runLayer({ ...spec, momentum }, shape(), dice);
    const maps = mapsFrom(given);
    const { mean, variance } = momentsOf(maps);
    const count = maps.values.length / mean.length;
    const mixed = (old: Float32Array, fresh: Float64Array) =>
      fresh.map((value, map) => momentum * old[map]! + (1 - momentum) * value);
    expectClose('mean', made.state[0]!, mixed(given.state[0]!, mean));
    // Bessel's correction, as TensorFlow has it.
    const corrected = variance.map((value) => (value * count) / (count - 1));
    expectClose('variance', made.state[1]!, mixed(given.state[1]!, corrected));
  });
});
