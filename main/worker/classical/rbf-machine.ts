import type { Tensor2D } from '@tensorflow/tfjs-node-gpu';
import { type SmoOptions, trainTwoClasses, type TwoClassMachine } from '../../../shared/classical/svm/smo.ts';
import { pairsOf, scoresOfPairs } from '../../../shared/classical/svm/votes-of-pairs.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { Machine } from './machine.ts';
import type { Progress } from './progress.ts';

type Pair = { readonly machine: TwoClassMachine; readonly pair: readonly [number, number] };

/** Machines with the kernel exp(−γ ‖x − y‖²), one against one: `classCounts` images of each class, ordered by class. */
export function* rbfMachine(
  tf: TensorFlow,
  matrix: FeatureMatrix,
  classCounts: readonly number[],
  { gamma, ...options }: SmoOptions & { readonly gamma: number },
): Generator<Progress, Machine> {
  const rows = tf.tidy(() => tf.concat(matrix.slices.map(({ rows }) => rows)));
  const begins = classCounts.map((_, k) => classCounts.slice(0, k).reduce((sum, count) => sum + count, 0));
  const pairs = pairsOf(classCounts.length);
  const trained: Pair[] = [];
  try {
    for (const [index, pair] of pairs.entries()) {
      const [first, second] = pair.map((k) => [begins[k]!, classCounts[k]!] as const) as [Span, Span];
      const kernel = tf.tidy(() => {
        const both = tf.concat(
          [first, second].map(([begin, count]) => tf.slice(rows, [begin, 0], [count, matrix.length])),
        );
        return kernelOf(tf, both, both, gamma).dataSync<'float32'>();
      });
      const training = trainTwoClasses(kernel, first[1] + second[1], first[1], options);
      for (;;) {
        const { done, value } = training.next();
        yield { stage: 'training', share: (index + Number(done)) / pairs.length };
        if (!done) continue;
        trained.push({ machine: value, pair });
        break;
      }
    }
    return machineOf(tf, rows, trained, begins, classCounts, gamma);
  } finally {
    rows.dispose();
  }
}

type Span = readonly [begin: number, count: number];

/** Keeps the support vectors of all pairs, each once. */
function machineOf(
  tf: TensorFlow,
  rows: Tensor2D,
  trained: readonly Pair[],
  begins: readonly number[],
  classCounts: readonly number[],
  gamma: number,
): Machine {
  const all = new Float32Array(rows.shape[0] * trained.length);
  for (const [index, { machine, pair }] of trained.entries()) {
    let place = 0;
    for (const k of pair) {
      for (let i = 0; i < classCounts[k]!; i++) {
        all[(begins[k]! + i) * trained.length + index] = machine.coefficients[place++]!;
      }
    }
  }
  const supporting = Int32Array.from({ length: rows.shape[0] }, (_, i) => i).filter((i) =>
    all.subarray(i * trained.length, (i + 1) * trained.length).some((coefficient) => coefficient !== 0),
  );
  const chosen = tf.tensor1d(supporting, 'int32');
  const vectors = tf.gather(rows, chosen);
  const coefficients = tf.tidy(() => tf.gather(tf.tensor2d(all, [rows.shape[0], trained.length]), chosen));
  const biases = tf.tensor1d(Float32Array.from(trained, ({ machine }) => machine.bias));
  chosen.dispose();
  return {
    score(images) {
      const decisions = tf.tidy(() =>
        tf.add(tf.matMul(kernelOf(tf, images, vectors, gamma), coefficients), biases).dataSync<'float32'>(),
      );
      return scoresOfPairs(decisions, classCounts.length);
    },
    dispose: () => [vectors, coefficients, biases].forEach((tensor) => tensor.dispose()),
  };
}

/** [images of one, images of other]; the constant column makes no difference. */
function kernelOf(tf: TensorFlow, one: Tensor2D, other: Tensor2D, gamma: number): Tensor2D {
  const products = tf.matMul(one, other, false, true);
  const lengths = tf.add(tf.sum(tf.square(one), 1, true), tf.sum(tf.square(other), 1));
  return tf.exp(tf.mul<Tensor2D>(-gamma, tf.relu(tf.sub(lengths, tf.mul(2, products)))));
}
