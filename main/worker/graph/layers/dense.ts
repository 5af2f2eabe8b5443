import type { DenseSpec } from '../../../../shared/network/spec.ts';
import { float32 } from '../graph.ts';
import { activate, activateBackward } from './activation.ts';
import type { Forward, LayerInputs } from './layer.ts';

/** y = activation(x · kernel + bias): [N, in] × [in, units]. */
export function dense(spec: DenseSpec, { math, input, weights: [kernel, bias] }: LayerInputs): Forward {
  const { graph } = math;
  const product = (transposeA: boolean, transposeB: boolean) => ({
    T: { type: float32 },
    transpose_a: transposeA,
    transpose_b: transposeB,
  });
  const byChannel = { T: { type: float32 }, data_format: 'NHWC' };
  const sums = graph.op('BiasAdd', [graph.op('MatMul', [input, kernel!], product(false, false)), bias!], byChannel);
  const output = activate(math, spec.activation, sums);
  return {
    output,
    backward(gradient, wantInput) {
      const bySums = activateBackward(math, spec.activation, output, gradient);
      return {
        input: wantInput ? graph.op('MatMul', [bySums, kernel!], product(false, true)) : null,
        weights: [
          graph.op('MatMul', [input, bySums], product(true, false)),
          graph.op('BiasAddGrad', [bySums], byChannel),
        ],
      };
    },
  };
}
