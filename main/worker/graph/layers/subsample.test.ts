import { describe, it } from 'vitest';
import { subsampling } from '../../../../shared/math/subsampling.ts';
import { runLayer } from '../testing/check-layer.ts';
import { Dice } from '../testing/dice.ts';
import { expectAsFormula } from '../testing/references.ts';

const dice = new Dice();

describe(`trainable subsampling agrees with its definition in float64 (seed ${dice.seed})`, () => {
  it.each([
    { size: 2, stride: 2, shape: [8, 6, 4], name: 'side by side' },
    { size: 3, stride: 3, shape: [6, 9, 2], name: 'side by side' },
    { size: 2, stride: 2, shape: [7, 9, 3], name: 'with a rest left out' },
    { size: 3, stride: 2, shape: [8, 7, 3], name: 'overlapping' },
    { size: 1, stride: 2, shape: [5, 5, 2], name: 'with gaps' },
  ])('$size/$stride, $name', ({ size, stride, shape }) => {
    const windows = { size, stride, padding: 'valid' } as const;
    const run = runLayer({ kind: 'subsample', name: 'layer', size, stride, activation: 'scaled-tanh' }, shape, dice);
    expectAsFormula(run, (maps, [coefficient, bias]) =>
      subsampling(maps, coefficient!, bias!, windows).values.map((sum) => 1.7159 * Math.tanh((2 / 3) * sum)),
    );
  });
});
