import type { Tensor } from '@tensorflow/tfjs-node-gpu';
import { expect } from 'vitest';
import { gradientByDifferences } from '../../../../shared/math/differences.ts';
import type { Maps } from '../../../../shared/math/maps.ts';
import type { Activation } from '../../../../shared/network/spec.ts';
import { batch, type Given, type Made, relativeError } from './check-layer.ts';
import { tf } from './run-graph.ts';

/** The largest relative error that counts as agreement. */
const tolerance = 1e-4;

/** Expects forward and all gradients to agree with tfjs's own autodiff of `reference`. */
export function expectAsAutodiff(
  { given, made }: { given: Given; made: Made },
  reference: (inputs: readonly Tensor[], weights: readonly Tensor[]) => Tensor,
): void {
  const { layer } = given;
  const count = given.inputs.length;
  tf.tidy(() => {
    const tensors = [
      ...given.inputs.map((values) => tf.tensor(values, [batch, ...layer.input])),
      ...given.weights.map((values, index) => tf.tensor(values, [...layer.weights[index]!.shape])),
    ];
    const apply = (...all: Tensor[]): Tensor => reference(all.slice(0, count), all.slice(count));
    expectClose('output', made.output, apply(...tensors).dataSync());
    const gradients = tf.grads(apply)(tensors, tf.tensor(given.cotangent, [batch, ...layer.output]));
    gradients.forEach((gradient, index) => {
      const ours = index < count ? made.byInputs[index]! : made.byWeights[index - count]!;
      expectClose(index < count ? `by input ${index}` : `by weight ${index - count}`, ours, gradient.dataSync());
    });
  });
}

/** Expects forward and all gradients to agree with a float64 formula and its central differences. */
export function expectAsFormula(
  { given, made }: { given: Given; made: Made },
  formula: (input: Maps, weights: readonly Float64Array[]) => ArrayLike<number>,
): void {
  const input = mapsFrom(given);
  const weights: readonly Float64Array[] = given.weights.map((values) => Float64Array.from(values));
  expectClose('output', made.output, formula(input, weights));
  const along = (output: ArrayLike<number>): number => {
    return given.cotangent.reduce((sum, value, index) => sum + value * output[index]!, 0);
  };
  const byInput = gradientByDifferences((values) => along(formula({ ...input, values }, weights)), input.values);
  expectClose('by input', made.byInputs[0]!, byInput);
  for (const [index, weight] of weights.entries()) {
    const byWeight = gradientByDifferences(
      (values) => along(formula(input, weights.toSpliced(index, 1, values))),
      weight,
    );
    expectClose(`by weight ${index}`, made.byWeights[index]!, byWeight);
  }
}

/** The layer's first input in float64; a vector as a map of one cell. */
export function mapsFrom({ inputs, layer }: Given): Maps {
  const [height, width, channels] = layer.input.length === 3 ? layer.input : [1, 1, ...layer.input];
  return { shape: [batch, height!, width!, channels!], values: Float64Array.from(inputs[0]!) };
}

export function expectClose(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  expect(relativeError(ours, theirs), what).toBeLessThanOrEqual(tolerance);
}

/** An activation in tfjs. */
export function activated(activation: Activation, z: Tensor): Tensor {
  switch (activation) {
    case 'none':
      return z;
    case 'logistic':
      return tf.sigmoid(z);
    case 'tanh':
      return tf.tanh(z);
    case 'scaled-tanh':
      return tf.mul(tf.tanh(tf.mul(z, 2 / 3)), 1.7159);
    case 'relu':
      return tf.relu(z);
    default:
      return activation satisfies never;
  }
}
