import type { RbfSpec } from '../../../../shared/network/spec.ts';
import { float32 } from '../graph.ts';
import type { Forward, LayerInputs } from './layer.ts';

/**
 * y_c = −Σ (x − code_c)²: [N, length] → [N, classes]; the codes are constants.
 *
 * The differences are squared one by one: |x|² − 2 x·code + |code|² would lose the digits of a small distance.
 */
export function rbf(spec: RbfSpec, { math, inputs, layer }: LayerInputs): Forward {
  const [length = 0] = layer.input;
  const x = inputs[0]!;
  const codes = math.graph.constant(float32, [spec.codes.length, length], spec.codes.flat());
  const differences = math.subtract(math.reshape(x, [-1, 1, length]), codes);
  return {
    output: math.scale(math.reduce('Sum', math.unary('Square', differences), [2]), -1),
    backward(gradient, [wanted]) {
      if (!wanted) return { inputs: [null], weights: [] };
      // 2 Σ_c g_c (code_c − x)
      const total = math.reshape(math.reduce('Sum', gradient, [1]), [-1, 1]);
      const byInput = math.subtract(math.matrixProduct(gradient, codes), math.multiply(total, x));
      return { inputs: [math.scale(byInput, 2)], weights: [] };
    },
  };
}
