import type { Arithmetic } from './arithmetic.ts';
import { float32, type Output } from './graph.ts';
import type { ByLayer } from './parameters.ts';

/**
 * The Euclidean norm of the gradient by each weight tensor, in layer order; [tensors].
 *
 * @param towers the gradients of each layer, one a tower: their sum is the gradient.
 */
export function gradientNorms(math: Arithmetic, towers: readonly ByLayer[]): Output {
  const tensors = towers.map((layers) => layers.flat());
  const halves = tensors[0]!.map((_, index) => {
    const gradient = math.sum(tensors.map((tower) => tower[index]!));
    return math.graph.op('L2Loss', [gradient], { T: { type: float32 } });
  });
  // L2Loss is half the sum of squares.
  return math.unary('Sqrt', math.scale(math.pack(halves, 0), 2));
}
