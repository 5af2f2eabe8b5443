import type { Activation, LayerSpec } from '../../../../shared/network/spec.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { float32, type Output } from '../graph.ts';

/** 1.7159·tanh(2a/3): LeCun et al. (1998), appendix A. */
export const amplitude = 1.7159;
export const slope = 2 / 3;
const attributes = { T: { type: float32 } };

/** What a layer does to each number after its sum; `none` where it does nothing. */
export function activationOf(spec: LayerSpec): Activation {
  return 'activation' in spec ? (spec.activation ?? 'none') : 'none';
}

/** What `activation` makes of the sums `z`; same shape. */
export function activate(math: Arithmetic, activation: Activation, z: Output): Output {
  const { graph } = math;
  switch (activation) {
    case 'none':
      return z;
    case 'logistic':
      return graph.op('Sigmoid', [z], attributes);
    case 'tanh':
      return graph.op('Tanh', [z], attributes);
    case 'scaled-tanh':
      return math.scale(graph.op('Tanh', [math.scale(z, slope)], attributes), amplitude);
    case 'relu':
      return graph.op('Relu', [z], attributes);
    default:
      return activation satisfies never;
  }
}

/** The loss's gradient by the sums, from `y` (what `activate` gave) and `gradient` by `y`; same shape. */
export function activateBackward(math: Arithmetic, activation: Activation, y: Output, gradient: Output): Output {
  const { graph } = math;
  switch (activation) {
    case 'none':
      return gradient;
    case 'logistic':
      return graph.op('SigmoidGrad', [y, gradient], attributes);
    case 'tanh':
      return graph.op('TanhGrad', [y, gradient], attributes);
    case 'scaled-tanh': {
      // TanhGrad wants tanh itself, which is y / amplitude.
      const byTanh = graph.op('TanhGrad', [math.scale(y, 1 / amplitude), gradient], attributes);
      return math.scale(byTanh, amplitude * slope);
    }
    case 'relu':
      return graph.op('ReluGrad', [gradient, y], attributes);
    default:
      return activation satisfies never;
  }
}
