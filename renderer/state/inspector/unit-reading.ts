import type { WatchedImage } from '../../../shared/contract.ts';
import { type UnitArithmetic, unitArithmetic, weightsUnitOf } from '../../../shared/network-arithmetic/index.ts';
import type { Tensor } from '../../../shared/network-arithmetic/tensor.ts';
import { indexOf, type Unit } from '../../../shared/network-arithmetic/unit.ts';
import type { NetworkTrace, TracedLayer } from '../../../shared/network/shapes.ts';
import type { Learned } from '../learned.svelte.ts';

/** All that one number of the network comes from, after one and the same step. */
export type UnitReading = {
  readonly layer: TracedLayer;
  readonly unit: Unit;
  readonly image: WatchedImage;
  readonly step: number;
  /** What the layer reads, in the order of its trace's `inputs`. */
  readonly inputs: readonly Tensor[];
  /** What the layer gives. */
  readonly output: Tensor;
  /** Computed here in float64. */
  readonly arithmetic: UnitArithmetic;
  /** The network's own numbers: before its activation, and what it gives. */
  readonly ownSum: number;
  readonly ownResult: number;
};

/** How often all is asked for again because a step came in between. */
const mostTries = 12;

/**
 * Reads a unit with all it comes from. While the network trains, a step may fall between two answers: then all is asked for again.
 *
 * @param image one image: the arithmetic of a mean over several is not that of the numbers shown.
 * @returns null if the network trains too fast for that.
 * @throws LearnedError as a rejection
 */
export async function readUnit(
  learned: Pick<Learned, 'readActivations' | 'readWeights'>,
  { layers }: NetworkTrace,
  layer: TracedLayer,
  unit: Unit,
  image: WatchedImage,
): Promise<UnitReading | null> {
  const { name } = layer.spec;
  const sources = layer.inputs.map((index) => layers[index]?.spec.name ?? 'input');
  const weightsUnit = weightsUnitOf(layer, unit);
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const [sums, output, weights, ...inputs] = await Promise.all([
      learned.readActivations(name, 'sums', image),
      learned.readActivations(name, 'outputs', image),
      weightsUnit === null ? null : learned.readWeights(name, weightsUnit),
      ...sources.map((source) => learned.readActivations(source, 'outputs', image)),
    ]);
    const { step } = output;
    if ([sums, weights, ...inputs].some((answer) => answer !== null && answer.step !== step)) continue;
    const own = Object.fromEntries((weights?.tensors ?? []).map((tensor) => [tensor.name, tensor]));
    const at = indexOf(layer.output, unit);
    return {
      layer,
      unit,
      image,
      step,
      inputs,
      output,
      arithmetic: unitArithmetic(layer, inputs, own, unit),
      ownSum: sums.values[at]!,
      ownResult: output.values[at]!,
    };
  }
  return null;
}
