import { describe, expect, it } from 'vitest';
import { Dice } from '../../random/testing/dice.ts';
import { PlainProblem } from '../testing/plain-problem.ts';
import { run } from '../testing/run.ts';
import reference from '../testing/scikit-learn.json' with { type: 'json' };
import { trainLinear } from './newton.ts';

const { classes, features, labels, points, linear } = reference;
const withOne = labels.flatMap((_, i) => [...points.slice(i * features, (i + 1) * features), 1]);

describe('linear machines', () => {
  it('have LIBLINEAR’s weights', () => {
    const problem = new PlainProblem(withOne, labels, classes);
    const weights = run(trainLinear(problem, { c: linear.c, tolerance: 1e-8 }));
    expect(weights.length).toBe(linear.weights.length);
    linear.weights.forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 6));
  });

  it('stand where nothing pulls any more, whatever the price', () => {
    for (const c of [0.001, 1, 1000]) {
      const problem = new PlainProblem(withOne, labels, classes);
      const weights = run(trainLinear(problem, { c, tolerance: 1e-7 }));
      // The gradient of ½ ‖w‖² + C Σ max(0, 1 − y w·x)², written out.
      for (let k = 0; k < classes; k++) {
        for (let i = 0; i <= features; i++) {
          const pulls = labels.map((label, n) => {
            const point = withOne.slice(n * (features + 1), (n + 1) * (features + 1));
            const sign = label === k ? 1 : -1;
            const score = point.reduce((sum, value, j) => sum + value * weights[j * classes + k]!, 0);
            return -2 * sign * Math.max(0, 1 - sign * score) * point[i]!;
          });
          const pull = weights[i * classes + k]! + c * pulls.reduce((sum, value) => sum + value, 0);
          expect(Math.abs(pull)).toBeLessThan(1e-4 * Math.max(1, c));
        }
      }
    }
  });

  it('are the same each time, and say how far they are', () => {
    const shares: number[] = [];
    const train = () => {
      const training = trainLinear(new PlainProblem(withOne, labels, classes), { c: 1 });
      for (;;) {
        const { done, value } = training.next();
        if (done) return value;
        shares.push(value);
      }
    };
    expect(train()).toEqual(train());
    const once = shares.slice(0, shares.length / 2);
    expect(once[0]).toBe(0);
    expect(once).toEqual(once.toSorted((a, b) => a - b));
    expect(once.at(-1)).toBeGreaterThan(0);
  });

  it('leave a class without images below zero', () => {
    const dice = new Dice(2);
    const some = Array.from({ length: 20 }, () => [...dice.numbers(2), 1]).flat();
    const weights = run(
      trainLinear(
        new PlainProblem(
          some,
          Array.from({ length: 20 }, (_, i) => i % 2),
          3,
        ),
        { c: 10, tolerance: 1e-6 },
      ),
    );
    for (let n = 0; n < 20; n++) {
      const score = [0, 1, 2].reduce((sum, i) => sum + some[n * 3 + i]! * weights[i * 3 + 2]!, 0);
      expect(score).toBeLessThan(0);
    }
  });
});
