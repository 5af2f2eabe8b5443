import type { ShortcutSpec } from '../../../../shared/network/spec.ts';
import type { Arithmetic, Paddings } from '../arithmetic.ts';
import { float32, int32, type Output } from '../graph.ts';
import { type Forward, knownBatch, type LayerInputs } from './layer.ts';

/**
 * Every `stride`-th cell from the first, and maps of zeros around those of the input: as many before as after, the odd one after.
 * He et al. (2015), §4.2, option A pad with zeros and do not say on which side.
 */
export function shortcut(spec: ShortcutSpec, inputs: LayerInputs): Forward {
  const { math, layer } = inputs;
  const channels = layer.input[2]!;
  const before = Math.floor((spec.channels - channels) / 2);
  const paddings: Paddings = [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, spec.channels - channels - before],
  ];
  const isWidened = spec.channels > channels;
  const cells = everyCell(math, spec.stride, inputs.inputs[0]!);
  return {
    output: isWidened ? math.pad(cells, paddings) : cells,
    backward(gradient, [wanted]) {
      if (!wanted) return { inputs: [null], weights: [] };
      const byCells = isWidened ? math.slice(gradient, [0, 0, 0, before], [-1, -1, -1, channels]) : gradient;
      return { inputs: [everyCellBackward(inputs, spec.stride, byCells)], weights: [] };
    },
  };
}

const strided = {
  T: { type: float32 },
  Index: { type: int32 },
  // All axes from their first to their last number.
  begin_mask: { int: 0b1111 },
  end_mask: { int: 0b1111 },
  ellipsis_mask: { int: 0 },
  new_axis_mask: { int: 0 },
  shrink_axis_mask: { int: 0 },
};

function edges({ graph }: Arithmetic, stride: number): readonly Output[] {
  const unused = graph.integers([0, 0, 0, 0]);
  return [unused, unused, graph.integers([1, stride, stride, 1])];
}

function everyCell(math: Arithmetic, stride: number, map: Output): Output {
  return stride === 1 ? map : math.graph.op('StridedSlice', [map, ...edges(math, stride)], strided);
}

function everyCellBackward(inputs: LayerInputs, stride: number, gradient: Output): Output {
  if (stride === 1) return gradient;
  const { math, layer } = inputs;
  const shape = math.graph.integers([knownBatch(inputs), ...layer.input]);
  return math.graph.op('StridedSliceGrad', [shape, ...edges(math, stride), gradient], strided);
}
