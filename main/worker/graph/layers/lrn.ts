import type { LrnSpec } from '../../../../shared/network/spec.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { float32, int32, type Output } from '../graph.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/**
 * y = x · s^−β, s = k + α Σ x² over `depth` neighbouring maps (fewer at the ends).
 *
 * Composed, not TensorFlow's LRN and LRNGrad: the sum over neighbours is a product with a band of α, which oneDNN does fast, and
 * s^−0.75 is two square roots where the op takes a general power. Forward and backward of AlexNet's conv1
 * (32×55×55×96), one thread: 82 ms against 309.
 */
export function lrn(spec: LrnSpec, inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  const maps = layer.input[2]!;
  const x = math.reshape(inputs.inputs[0]!, [-1, maps]);
  const offset = math.graph.constant(float32, [maps], Array<number>(maps).fill(spec.k));
  const sums = math.addByChannel(
    math.matrixProduct(math.unary('Square', x), band(math, maps, spec, spec.alpha)),
    offset,
  );
  const factor = negativePower(math, sums, spec.beta);
  return {
    output: math.reshape(math.multiply(x, factor), [-1, ...layer.input]),
    backward(gradient, [wanted]) {
      if (!wanted) return { inputs: [null], weights: [] };
      const direct = math.multiply(math.reshape(gradient, [-1, maps]), factor);
      // Through each s that x is in: −2αβ x Σ g y / s. The band is its own transpose.
      const bySums = math.divide(math.multiply(direct, x), sums);
      const neighbours = math.matrixProduct(bySums, band(math, maps, spec, 2 * spec.alpha * spec.beta));
      const byInput = math.subtract(direct, math.multiply(x, neighbours));
      return { inputs: [math.reshape(byInput, [knownBatch(inputs), ...layer.input])], weights: [] };
    },
  };
}

/** `value` where two maps are neighbours, 0 elsewhere: [maps, maps]. Made by ops, since written out it would be most of the graph's bytes. */
function band({ graph }: Arithmetic, maps: number, { depth }: LrnSpec, value: number): Output {
  const radius = graph.integer((depth - 1) / 2);
  const types = { T: { type: float32 }, index_type: { type: int32 } };
  const everywhere = graph.op('Fill', [graph.integers([maps, maps]), graph.number(value)], types);
  return graph.op('MatrixBandPart', [everywhere, radius, radius], { T: { type: float32 }, Tindex: { type: int32 } });
}

/** a^−β, for a above zero. */
function negativePower(math: Arithmetic, a: Output, beta: number): Output {
  if (beta === 1) return math.unary('Reciprocal', a);
  const root = math.unary('Rsqrt', a);
  if (beta === 0.5) return root;
  if (beta === 0.75) return math.multiply(root, math.unary('Sqrt', root));
  return math.unary('Exp', math.scale(math.unary('Log', a), -beta));
}
