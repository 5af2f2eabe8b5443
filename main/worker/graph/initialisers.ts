import type { TracedLayer } from '../../../shared/network/shapes.ts';
import type { ConvSpec, DenseSpec, Initialiser } from '../../../shared/network/spec.ts';
import { type Shape, sizeOf } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output } from './graph.ts';
import { connectionMask } from './layers/connections.ts';
import { draw, type Source, streams } from './random.ts';

/**
 * First values of a layer's trainable tensors, in the order of its trace's `weights`: a function of `seed` (int32 scalar) and of the
 * layer's place.
 *
 * @param standard the network's initialiser, for layers without their own.
 */
export function initialWeights(
  math: Arithmetic,
  layer: TracedLayer,
  standard: Initialiser | undefined,
  seed: Output,
): readonly Output[] {
  const { spec, weights, index } = layer;
  switch (spec.kind) {
    case 'conv':
    case 'dense': {
      const [{ shape }, bias] = [weights[0]!, weights[1]];
      const source = { seed, stream: streams.weights + index, step: math.graph.integer(0) };
      const drawn = kernel(math, spec, layer, spec.initialiser ?? standard ?? { kind: 'glorot' }, source);
      const mask = connectionMask(math, layer);
      // What no connection reads stays at zero, so that it shows as nothing.
      const whole = mask ? math.multiply(math.reshape(drawn, shape), mask) : math.reshape(drawn, shape);
      return bias ? [whole, filled(math, bias.shape, spec.initialBias ?? 0)] : [whole];
    }
    case 'subsample':
      // The unit starts as the mean of its window. LeCun et al. (1990, 1998) do not say how coefficients start.
      return [filled(math, weights[0]!.shape, 1 / spec.size ** 2), filled(math, weights[1]!.shape, 0)];
    case 'batch-norm':
      return [filled(math, weights[0]!.shape, 1), filled(math, weights[1]!.shape, 0)];
    case 'pool':
    case 'lrn':
    case 'dropout':
    case 'flatten':
    case 'add':
    case 'shortcut':
    case 'global-average':
    case 'rbf':
      return [];
    default:
      return spec satisfies never;
  }
}

/** First values of a layer's `state`: running mean 0, running variance 1. */
export function initialState(math: Arithmetic, { state }: TracedLayer): readonly Output[] {
  return state.map(({ shape }, place) => filled(math, shape, place === 0 ? 0 : 1));
}

/** The numbers of a kernel as `initialiser` draws them, in its shape or one that stretches to it. */
function kernel(
  math: Arithmetic,
  spec: ConvSpec | DenseSpec,
  layer: TracedLayer,
  initialiser: Initialiser,
  source: Source,
): Output {
  const { shape } = layer.weights[0]!;
  const uniform = (limits: Output): Output => {
    const unit = math.reshape(draw(math, 'uniform', source, 0, sizeOf(shape)), shape);
    return math.multiply(math.subtract(math.scale(unit, 2), math.graph.number(1)), limits);
  };
  const normal = (deviations: Output): Output =>
    math.multiply(math.reshape(draw(math, 'normal', source, 0, sizeOf(shape)), shape), deviations);
  switch (initialiser.kind) {
    case 'fan-in': {
      const { gain, root = false } = initialiser;
      return uniform(byFilter(math, layer, (fanIn) => gain / (root ? Math.sqrt(fanIn) : fanIn)));
    }
    case 'glorot': {
      // The rule is for tanh; the logistic sigmoid, a quarter as steep at zero, gets four times the width.
      const gain = spec.activation === 'logistic' ? 4 : 1;
      const fanOut = sizeOf(shape.slice(0, -2)) * shape[shape.length - 1]!;
      return uniform(math.graph.number(gain * Math.sqrt(6 / (layer.fanIn + fanOut))));
    }
    case 'he':
      return normal(byFilter(math, layer, (fanIn) => Math.sqrt(2 / fanIn)));
    case 'normal':
      return normal(math.graph.number(initialiser.deviation));
    default:
      return initialiser satisfies never;
  }
}

/** A number a filter, from the numbers that it reads: a scalar where all read as many, [filters] with a connection table. */
function byFilter(math: Arithmetic, { spec, fanIn }: TracedLayer, rule: (fanIn: number) => number): Output {
  if (spec.kind !== 'conv' || !spec.connections) return math.graph.number(rule(fanIn));
  const values = spec.connections.map((maps) => rule(spec.size ** 2 * maps.length));
  return math.graph.constant(float32, [values.length], values);
}

function filled({ graph }: Arithmetic, shape: Shape, value: number): Output {
  const attributes = { T: { type: float32 }, index_type: { type: int32 } };
  return graph.op('Fill', [graph.integers(shape), graph.number(value)], attributes);
}
