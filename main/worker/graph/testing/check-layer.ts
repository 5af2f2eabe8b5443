import type { LayerSpec, NetworkSpec } from '../../../../shared/network/spec.ts';
import { trace, type TracedLayer } from '../../../../shared/network/shapes.ts';
import { type Shape, sizeOf } from '../../../../shared/tensor/shape.ts';
import type { Output } from '../graph.ts';
import { forward } from '../layers/index.ts';
import type { Dice } from './dice.ts';
import { runGraph } from './run-graph.ts';

/** Images in the batches of tests. */
export const batch = 2;

/** What a layer was given. */
export type Given = {
  readonly layer: TracedLayer;
  /** One a layer it reads, [batch, …input]. */
  readonly inputs: readonly Float32Array[];
  readonly weights: readonly Float32Array[];
  readonly state: readonly Float32Array[];
  /** The gradient by the output. */
  readonly cotangent: Float32Array;
};

/** What it made of it, in the native graph. */
export type Made = {
  readonly output: Float32Array;
  readonly byInputs: readonly Float32Array[];
  readonly byWeights: readonly Float32Array[];
  readonly state: readonly Float32Array[];
};

/**
 * One layer in a graph of its own, forward and backward, on fresh random numbers.
 *
 * @param shape of one input, without the batch's axis.
 * @param given what is not to be random.
 */
export function runLayer(
  spec: LayerSpec,
  shape: Shape,
  dice: Dice,
  options: { mode?: 'training' | 'evaluation'; given?: Partial<Given> } = {},
): { given: Given; made: Made } {
  const layer = tracedAlone(spec, shape);
  const draw = (dims: Shape): Float32Array => dice.numbers(sizeOf(dims));
  const inputShape = [batch, ...shape];
  const given: Given = {
    layer,
    inputs: layer.inputs.map(() => draw(inputShape)),
    weights: layer.weights.map((weight) => draw(weight.shape)),
    // Variances are above zero.
    state: layer.state.map((tensor) => draw(tensor.shape).map((value) => value + 1.5)),
    cotangent: draw([batch, ...layer.output]),
    ...options.given,
  };

  let stateCount = 0;
  const values: Record<string, Float32Array> = runGraph((math, place) => {
    const pass = forward({
      math,
      layer,
      inputs: given.inputs.map((input) => place(input, inputShape)),
      weights: given.weights.map((weight, index) => place(weight, layer.weights[index]!.shape)),
      state: given.state.map((tensor, index) => place(tensor, layer.state[index]!.shape)),
      training:
        options.mode === 'evaluation'
          ? null
          : { seed: math.graph.integer(dice.seed), step: math.graph.integer(0), first: 0 },
      batch,
    });
    const back = pass.backward(
      place(given.cotangent, [batch, ...layer.output]),
      layer.inputs.map(() => true),
    );
    const named = (prefix: string, tensors: readonly (Output | null)[]): Record<string, Output> =>
      Object.fromEntries(tensors.map((tensor, index) => [`${prefix}${index}`, tensor!]));
    stateCount = pass.state?.length ?? 0;
    return {
      output: pass.output,
      ...named('byInput', back.inputs),
      ...named('byWeight', back.weights),
      ...named('state', pass.state ?? []),
    };
  });
  return {
    given,
    made: {
      output: values['output']!,
      byInputs: given.inputs.map((_, index) => values[`byInput${index}`]!),
      byWeights: given.weights.map((_, index) => values[`byWeight${index}`]!),
      state: Array.from({ length: stateCount }, (_, index) => values[`state${index}`]!),
    },
  };
}

/** The layer as the trace of a whole network has it: what must stand around it does. */
export function tracedAlone(spec: LayerSpec, shape: Shape): TracedLayer {
  const flat: LayerSpec = { kind: 'flatten', name: 'flat' };
  const first: readonly LayerSpec[] =
    spec.kind === 'add' ? [{ kind: 'dropout', name: spec.with, rate: 0 }] : shape.length === 1 ? [flat] : [];
  const last = shape.length === 3 && spec.kind !== 'flatten' && spec.kind !== 'global-average' ? [flat] : [];
  const input = shape.length === 3 ? shape : [1, 1, ...shape];
  const network: NetworkSpec = {
    id: 'test',
    title: 'Test',
    year: 0,
    source: '',
    departures: [],
    input: input as [number, number, number],
    layers: [...first, spec, ...last],
  };
  return trace(network).layers.find((layer) => layer.spec === spec)!;
}

/** Largest difference over the largest number of the reference. */
export function relativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  for (let index = 0; index < theirs.length; index++) {
    const distance = Math.abs(ours[index]! - theirs[index]!);
    // A NaN is no agreement.
    if (!(distance <= difference)) difference = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
    largest = Math.max(largest, Math.abs(theirs[index]!));
  }
  return difference === 0 ? 0 : difference / largest;
}
