import type { Activation } from '../../../shared/network/spec.ts';
import type { Shape } from '../../../shared/tensor/shape.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, int32, type Output } from './graph.ts';

/**
 * First values of a weight tensor: Glorot and Bengio's uniform (2010, eq. 16) for kernels, zeros for biases.
 *
 * A function of (seed, stream): HWIO kernels have H·W·I inputs and H·W·O outputs a unit.
 * The rule is for tanh; the logistic sigmoid, a quarter as steep at zero, gets four times the width.
 */
export function initialValues(
  math: Arithmetic,
  shape: Shape,
  activation: Activation,
  seed: Output,
  stream: number,
): Output {
  const { graph } = math;
  const dims = graph.integers(shape);
  if (shape.length === 1) {
    return graph.op('Fill', [dims, graph.number(0)], { T: { type: float32 }, index_type: { type: int32 } });
  }
  const window = shape.slice(0, -2).reduce((product, side) => product * side, 1);
  const [inputs = 0, outputs = 0] = shape.slice(-2);
  const limit = gain(activation) * Math.sqrt(6 / (window * (inputs + outputs)));
  const pair = graph.op(
    'Pack',
    [seed, graph.integer(stream)],
    { T: { type: int32 }, N: { int: 2 }, axis: { int: 0 } },
    { types: [int32] },
  );
  const attributes = { dtype: { type: float32 }, T: { type: int32 }, Tseed: { type: int32 } };
  const unit = graph.op('StatelessRandomUniform', [dims, pair], attributes);
  return math.subtract(math.scale(unit, 2 * limit), graph.number(limit));
}

function gain(activation: Activation): number {
  return activation === 'logistic' ? 4 : 1;
}
