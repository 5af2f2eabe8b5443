import type { BatchNormSpec } from '../../../../shared/network/spec.ts';
import { float32 } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import type { Forward, LayerInputs } from './layer.ts';

/**
 * y = activation(scale · (x − mean) / √(variance + ε) + shift), a number of each a map.
 *
 * In training the moments are those of this pass's images (in towers: of the tower's own part), and the new state is
 * momentum · old + (1 − momentum) · the batch's. As in TensorFlow, the variance that normalises divides by n = N·H·W, and the one that
 * goes into the state by n − 1 (Bessel's correction).
 */
export function batchNorm(spec: BatchNormSpec, { math, inputs, weights, state, training }: LayerInputs): Forward {
  const { graph } = math;
  const input = inputs[0]!;
  const [scale, shift] = weights;
  const [mean, variance] = state;
  const attributes = {
    T: { type: float32 },
    U: { type: float32 },
    epsilon: { float: spec.epsilon },
    data_format: 'NHWC',
    is_training: training !== null,
  };
  const [normalised, newMean, newVariance, ...kept] = graph.ops(
    'FusedBatchNormV3',
    [input, scale!, shift!, mean!, variance!],
    { ...attributes, exponential_avg_factor: { float: training === null ? 1 : 1 - spec.momentum } },
    { types: Array(6).fill(float32) },
  );
  const output = activate(math, spec.activation, normalised!);
  return {
    output,
    ...(training === null ? {} : { state: [newMean!, newVariance!] }),
    backward(gradient, [wanted]) {
      const byNormalised = activateBackward(math, spec.activation, output, gradient);
      const [byInput, byScale, byShift] = graph.ops(
        'FusedBatchNormGradV3',
        [byNormalised, input, scale!, ...kept],
        attributes,
        { types: Array(5).fill(float32) },
      );
      return { inputs: [wanted ? byInput! : null], weights: [byScale!, byShift!] };
    },
  };
}
