import { describe, expect, it } from 'vitest';
import { gradientByDifferences } from '../../../shared/math/differences.ts';
import { crossEntropy, meanSquaredError, rbfLoss } from '../../../shared/math/losses.ts';
import { losses } from '../../../shared/network/spec.ts';
import { int32 } from './graph.ts';
import { countAmong, countRight, lossOf } from './loss.ts';
import { Dice } from './testing/dice.ts';
import { expectClose } from './testing/references.ts';
import { runGraph } from './testing/run-graph.ts';

const dice = new Dice();
const [images, classes] = [7, 6];
const references = { 'cross-entropy': crossEntropy, 'mean-squared-error': meanSquaredError, rbf: rbfLoss };

describe(`losses agree with their formulas in float64 (seed ${dice.seed})`, () => {
  it.each(losses)('%s', (loss) => {
    const labels = Array.from({ length: images }, () => dice.whole(0, classes - 1));
    const logits = dice.numbers(images * classes).map((value) => 3 * value);
    // As one of two towers: the mean is over twice as many images.
    const batch = 2 * images;
    const made = runGraph((math, place) => ({
      ...lossOf(loss, {
        math,
        logits: place(logits, [images, classes]),
        labels: math.graph.constant(int32, [images], labels),
        classes,
        batch,
      }),
    }));
    const sum = (scores: Float64Array): number =>
      labels.reduce((total, label, image) => {
        const row = scores.subarray(image * classes, (image + 1) * classes);
        return total + references[loss](row, label);
      }, 0);
    const scores = Float64Array.from(logits);
    expectClose('sum', made.sum, [sum(scores)]);
    expectClose(
      'gradient',
      made.gradient,
      gradientByDifferences((point) => sum(point) / batch, scores),
    );
  });

  it('the RBF loss of a far class stops pushing', () => {
    const { gradient } = runGraph((math, place) => ({
      ...lossOf('rbf', {
        math,
        logits: place(Float32Array.from([-1, -200]), [1, 2]),
        labels: math.graph.integers([0]),
        classes: 2,
        batch: 1,
      }),
    }));
    expect(Math.abs(gradient[1]!)).toBeLessThan(1e-30);
  });
});

describe('right answers', () => {
  const count = (rows: number[][], labels: number[], guesses: number) => {
    const made = runGraph((math, place) => {
      const logits = place(Float32Array.from(rows.flat()), [rows.length, rows[0]!.length]);
      const answers = math.graph.integers(labels);
      return { right: countRight(math, logits, answers), among: countAmong(math, logits, answers, guesses) };
    });
    return { right: made.right[0], among: made.among[0] };
  };

  it('are counted by the largest number, and among the few largest', () => {
    const rows = [
      [5, 4, 3, 2, 1, 0],
      [0, 1, 2, 3, 4, 5],
      [5, 4, 3, 2, 1, 0],
    ];
    expect(count(rows, [0, 3, 5], 5)).toEqual({ right: 1, among: 2 });
    expect(count(rows, [0, 3, 5], 1)).toEqual({ right: 1, among: 1 });
  });

  it('are no more than chance for a network that says the same of all classes', () => {
    const rows = Array.from({ length: 10 }, () => Array<number>(10).fill(0.1));
    const labels = Array.from({ length: 10 }, (_, label) => label);
    expect(count(rows, labels, 5)).toEqual({ right: 1, among: 5 });
  });
});
