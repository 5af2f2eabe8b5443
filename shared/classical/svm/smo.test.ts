import { describe, expect, it } from 'vitest';
import { Dice } from '../../random/testing/dice.ts';
import { run } from '../testing/run.ts';
import reference from '../testing/scikit-learn.json' with { type: 'json' };
import { trainTwoClasses } from './smo.ts';
import { pairsOf, scoresOfPairs } from './votes-of-pairs.ts';

const { classes, features, labels, points, rbf } = reference;
const rowsOf = (numbers: readonly number[]) =>
  Array.from({ length: numbers.length / features }, (_, i) => numbers.slice(i * features, (i + 1) * features));
const kernelBetween = (one: readonly number[], other: readonly number[]) =>
  Math.exp(-rbf.gamma * one.reduce((sum, value, i) => sum + (value - other[i]!) ** 2, 0));

function decisions(): Float32Array {
  const all = rowsOf(points);
  const tests = rowsOf(rbf.tests);
  const columns = pairsOf(classes).map(([first, second]) => {
    const [of, against] = [first, second].map((k) => all.filter((_, i) => labels[i] === k));
    const both = [...of!, ...against!];
    const kernel = Float32Array.from(both.flatMap((one) => both.map((other) => kernelBetween(one, other))));
    const machine = run(trainTwoClasses(kernel, both.length, of!.length, { c: rbf.c, tolerance: 1e-7 }));
    return tests.map((test) =>
      both.reduce((sum, one, i) => sum + machine.coefficients[i]! * kernelBetween(one, test), machine.bias),
    );
  });
  return Float32Array.from(tests.flatMap((_, i) => columns.map((column) => column[i]!)));
}

describe('machines of two classes', () => {
  it('decide as LIBSVM does', () => {
    const found = decisions();
    expect(found.length).toBe(rbf.decisions.length);
    rbf.decisions.forEach((decision, i) => expect(found[i]).toBeCloseTo(decision, 4));
  });

  it('meet the conditions of an optimum', () => {
    const dice = new Dice(8);
    const [count, firstCount, c] = [60, 25, 1.5];
    const at = Array.from({ length: count }, (_, i) => [...dice.numbers(2)].map((x) => x + (i < firstCount ? 0.4 : 0)));
    const kernel = Float32Array.from(
      at.flatMap((one) => at.map((other) => Math.exp(-2 * Math.hypot(one[0]! - other[0]!, one[1]! - other[1]!) ** 2))),
    );
    const { coefficients, bias } = run(trainTwoClasses(kernel, count, firstCount, { c, tolerance: 1e-4 }));
    expect(Math.abs(coefficients.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-9);
    const onMargin = { at: 0, within: 0, beyond: 0 };
    for (let i = 0; i < count; i++) {
      const sign = i < firstCount ? 1 : -1;
      const alpha = sign * coefficients[i]!;
      const margin = sign * coefficients.reduce((sum, value, j) => sum + value * kernel[i * count + j]!, bias);
      expect(alpha).toBeGreaterThanOrEqual(0);
      expect(alpha).toBeLessThanOrEqual(c);
      if (alpha === 0) {
        onMargin.beyond += 1;
        expect(margin).toBeGreaterThan(1 - 1e-3);
      } else if (alpha === c) {
        onMargin.within += 1;
        expect(margin).toBeLessThan(1 + 1e-3);
      } else {
        onMargin.at += 1;
        expect(margin).toBeCloseTo(1, 3);
      }
    }
    expect(Math.min(...Object.values(onMargin))).toBeGreaterThan(0);
  });

  it('always say the other where a class has no images', () => {
    expect(run(trainTwoClasses(Float32Array.of(1), 1, 0, { c: 1 })).bias).toBe(-1);
    expect(run(trainTwoClasses(Float32Array.of(1), 1, 1, { c: 1 })).bias).toBe(1);
  });
});

describe('one against one', () => {
  it('scores as scikit-learn does', () => {
    const found = scoresOfPairs(Float32Array.from(rbf.decisions), classes);
    rbf.scores.forEach((score, i) => expect(found[i]).toBeCloseTo(score, 5));
  });

  it('has a machine for every two classes', () => {
    expect(pairsOf(10).length).toBe(45);
    expect(pairsOf(3)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });
});
