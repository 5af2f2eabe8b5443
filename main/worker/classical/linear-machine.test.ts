import { describe, expect, it } from 'vitest';
import { trainLinear } from '../../../shared/classical/svm/newton.ts';
import { PlainProblem } from '../../../shared/classical/testing/plain-problem.ts';
import { run } from '../../../shared/classical/testing/run.ts';
import reference from '../../../shared/classical/testing/scikit-learn.json' with { type: 'json' };
import { tf } from '../graph/testing/run-graph.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { linearMachine } from './linear-machine.ts';

const { classes, features, labels, points } = reference;
const rows = labels.map((_, i) => [...points.slice(i * features, (i + 1) * features), 1]);

function matrixOf(bounds: readonly number[]): FeatureMatrix {
  const slices = bounds.slice(1).map((end, i) => ({
    rows: tf.tensor2d(rows.slice(bounds[i], end)),
    labels: tf.tensor1d(labels.slice(bounds[i], end), 'int32'),
  }));
  const dispose = () => slices.forEach((slice) => [slice.rows, slice.labels].forEach((tensor) => tensor.dispose()));
  return { slices, count: labels.length, length: features + 1, dispose };
}

describe('the linear machine in tensors', () => {
  it('is the one of plain loops, in whatever slices the images come', () => {
    const before = tf.memory().numTensors;
    const weights = run(trainLinear(new PlainProblem(rows.flat(), labels, classes), { c: 2 }));
    for (const bounds of [
      [0, 90],
      [0, 1, 40, 90],
    ]) {
      const matrix = matrixOf(bounds);
      const machine = run(linearMachine(tf, matrix, classes, 2));
      const identity = tf.eye(features + 1);
      machine.score(identity).forEach((weight, i) => expect(weight).toBeCloseTo(weights[i]!, 4));
      [machine, matrix, identity].forEach((one) => one.dispose());
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
