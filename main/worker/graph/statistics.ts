import type { LayerStatistics } from '../../../shared/contract.ts';
import type { NetworkTrace, TracedLayer } from '../../../shared/network/shapes.ts';
import type { Activation } from '../../../shared/network/spec.ts';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, type Output } from './graph.ts';
import { activationOf, amplitude, slope } from './layers/activation.ts';
import type { Change } from './parameters.ts';

/** Numbers that `statistics` gives of each weight tensor. */
const ofTensor = 3;

/** A squashing function does nothing any more where its slope is below this. */
const smallestSlope = 0.01;

/**
 * How the layers stand on a batch, as `readStatistics` reads it: of each weight tensor half the square sums of its numbers, its gradient and
 * its change; then of each layer for each tower the mean, half the square sum of the differences from it, and what tells whether each of its
 * maps or units is dead.
 *
 * @param outputs of each layer, one a tower.
 */
export function statistics(
  math: Arithmetic,
  { layers }: NetworkTrace,
  changes: readonly Change[],
  outputs: readonly (readonly Output[])[],
): Output {
  const half = (values: Output): Output => math.graph.op('L2Loss', [values], { T: { type: float32 } });
  const tensors = changes.flatMap(({ weights, gradient, change }) => [half(weights), half(gradient), half(change)]);
  const scalars: Output[] = [...tensors];
  const vectors: Output[] = [];
  for (const [index, layer] of layers.entries()) {
    for (const tower of outputs) {
      const values = tower[index]!;
      const axes = [...layer.output.keys(), layer.output.length];
      const mean = math.reduce('Mean', values, axes);
      scalars.push(mean, half(math.subtract(values, mean)));
      const activation = activationOf(layer.spec);
      if (activation !== 'none') vectors.push(liveliest(math, activation, values, axes.slice(0, -1)));
    }
  }
  return math.concatenate([math.pack(scalars, 0), ...vectors], 0);
}

/** Of each map or unit the number where the activation's slope is greatest: the largest after ReLU, else the distance from the steepest place. */
function liveliest(math: Arithmetic, activation: Activation, values: Output, axes: readonly number[]): Output {
  if (activation === 'relu') return math.reduce('Max', values, axes);
  const centred = activation === 'logistic' ? math.subtract(values, math.graph.number(0.5)) : values;
  return math.reduce('Min', math.unary('Abs', centred), axes);
}

/** From this distance on, or this number down for ReLU, nothing is alive; see `liveliest`. */
function isDead(activation: Exclude<Activation, 'none'>, value: number): boolean {
  switch (activation) {
    case 'relu':
      return value <= 0;
    case 'logistic':
      // The slope is y (1 − y).
      return 0.25 - value ** 2 < smallestSlope;
    case 'tanh':
      return 1 - value ** 2 < smallestSlope;
    case 'scaled-tanh':
      return amplitude * slope * (1 - (value / amplitude) ** 2) < smallestSlope;
    default:
      return activation satisfies never;
  }
}

/**
 * What `statistics` gave.
 *
 * @param isFrozen whether a layer's weights stay whatever the gradient.
 */
export function readStatistics(
  { layers }: NetworkTrace,
  numbers: Float32Array,
  { batch, towers, isFrozen }: { batch: number; towers: number; isFrozen: (layer: string) => boolean },
): LayerStatistics[] {
  let tensor = 0;
  const tensors = layers.reduce((sum, { weights }) => sum + weights.length, 0);
  let scalar = tensors * ofTensor;
  let vector = scalar + layers.length * towers * 2;
  return layers.map((layer) => {
    const { spec, weights, output } = layer;
    const parts = Array.from({ length: towers }, () => ({ mean: numbers[scalar++]!, half: numbers[scalar++]! }));
    const cells = (sizeOf(output) * batch) / towers;
    const mean = parts.reduce((sum, part) => sum + part.mean, 0) / towers;
    const variance = parts.reduce((sum, part) => sum + (2 * part.half) / cells + (part.mean - mean) ** 2, 0) / towers;
    const activation = activationOf(spec);
    let dead: number | null = null;
    if (activation !== 'none') {
      const units = lastAxis(layer);
      const of = (tower: number): Float32Array =>
        numbers.subarray(vector + tower * units, vector + (tower + 1) * units);
      const all = Array.from({ length: towers }, (_, tower) => of(tower));
      const isDeadUnit = (unit: number): boolean => all.every((values) => isDead(activation, values[unit]!));
      dead = Array.from({ length: units }, (_, unit) => unit).filter(isDeadUnit).length / units;
      vector += units * towers;
    }
    const isStill = isFrozen(spec.name);
    return {
      layer: spec.name,
      mean,
      variance,
      dead,
      weights: weights.map(({ name }) => {
        const halves = numbers.subarray(tensor * ofTensor, (tensor + 1) * ofTensor);
        const [norm = 0, gradientNorm = 0, change = 0] = Array.from(halves, (value) => Math.sqrt(2 * value));
        tensor += 1;
        return { name, norm, gradientNorm, updateRatio: isStill || norm === 0 ? 0 : change / norm };
      }),
    };
  });
}

function lastAxis({ output }: TracedLayer): number {
  return output[output.length - 1]!;
}
