import type { DropoutSpec } from '../../../../shared/network/spec.ts';
import { sizeOf } from '../../../../shared/tensor/shape.ts';
import { float32, bool } from '../graph.ts';
import { draw, streams } from '../random.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/**
 * In training each number is zeroed with probability `rate`, and the others divided by 1 − rate (inverted dropout), so that
 * nothing is to be done in evaluation.
 *
 * The mask is a function of seed, step and the layer's place; a tower draws its own part of the batch's, so it does not
 * depend on how many towers there are.
 */
export function dropout(spec: DropoutSpec, inputs: LayerInputs): Forward {
  const { math, layer, training } = inputs;
  const input = inputs.inputs[0]!;
  if (training === null || spec.rate === 0) {
    return { output: input, backward: (gradient, [wanted]) => ({ inputs: [wanted ? gradient : null], weights: [] }) };
  }
  const batch = knownBatch(inputs);
  const size = sizeOf(layer.output);
  const source = { seed: training.seed, stream: streams.dropout + layer.index, step: training.step };
  const uniform = math.reshape(draw(math, 'uniform', source, training.first * size, batch * size), [
    batch,
    ...layer.output,
  ]);
  const isKept = math.graph.op(
    'GreaterEqual',
    [uniform, math.graph.number(spec.rate)],
    { T: { type: float32 } },
    { types: [bool] },
  );
  const mask = math.scale(math.cast(isKept, float32), 1 / (1 - spec.rate));
  return {
    output: math.multiply(input, mask),
    backward: (gradient, [wanted]) => ({ inputs: [wanted ? math.multiply(gradient, mask) : null], weights: [] }),
  };
}
