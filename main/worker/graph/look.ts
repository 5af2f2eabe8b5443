import { type FrameShape, areaOf } from '../../../shared/frame/layout.ts';
import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Loss } from '../../../shared/network/spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { packFrame } from './frame.ts';
import { bool, float32, int32, type Output } from './graph.ts';
import type { Forward } from './layers/index.ts';
import { guesses, lossOf } from './loss.ts';
import type { ByLayer, Parameters } from './parameters.ts';
import { areasOf, piecesOf, type Scope, scopes, wantedCodes } from './pieces.ts';
import { scaledPixels } from './pixels.ts';
import { bitcast } from './resident.ts';
import { runLayers } from './run-layers.ts';
import { either, merged, only } from './when.ts';

/** What `look` reads: int32, as `Wanted` has the last three. */
export type LookInputs = {
  /** Those of some images of the network's input size, one after another, 0–255; [images · H · W · C]. */
  readonly pixels: Output;
  /** The right class of each, −1 where there is none: the network's own best guess then; [images]. */
  readonly labels: Output;
  readonly wanted: Output;
  readonly planes: Output;
  readonly lowest: Output;
  /** 1 for the numbers as they are, 0 for a frame; scalar. */
  readonly raw: Output;
};

/**
 * What the network says of some images: of whatever is wanted the mean over them, number by number, as int32 words: a frame as `packFrame` lays it,
 * or the bits of float32, plane after plane.
 *
 * One fetch for all views of a scope, since TensorFlow prepares each set of fetches by itself, which takes seconds for a network of 110 layers:
 * what is not wanted stands on the branch of a switch that is not taken. The images come one at a time, so that many need no more memory than one.
 */
export function look(
  math: Arithmetic,
  { trace, parameters }: { trace: NetworkTrace; parameters: Parameters },
  inputs: LookInputs,
): ReadonlyMap<Scope, Output> {
  const { graph } = math;
  const weights = parameters.read();
  const state = parameters.readState();
  const count = graph.op('Size', [inputs.labels], { T: { type: int32 }, out_type: { type: int32 } }, ints);
  const images = math.reshape(inputs.pixels, [-1, ...trace.spec.input]);
  const none = graph.constant(float32, [0], []);
  const nothing = scopes.map(() => graph.number(0));

  // What only one scope needs, TensorFlow leaves out where the other is fetched.
  const totals = graph.repeat(count, nothing, ([index, ...sums]) => {
    const next = math.add(index!, graph.integer(1));
    const [pixels, label] = [images, inputs.labels].map((all) => math.rows(all, index!, next));
    const sources = sourcesOf(math, { trace, weights, state, lowest: inputs.lowest, pixels: pixels!, label: label! });
    const added = scopes.map((scope, place) => {
      const pieces = piecesOf(trace, scope);
      const isWanted = conditionsOf(math, inputs.wanted, pieces.length);
      const flat = pieces.map((piece, which) => {
        const kinds = [[wantedCodes.nothing, none] as const, ...sources.of(piece, scope, isWanted(gradients, which))];
        const branches = kinds.map(([code, value]) => only(math, value, isWanted(code, which)));
        return planesFirst(math, piece, merged(math, branches));
      });
      return math.add(sums[place]!, math.concatenate(flat, 0));
    });
    return { next: added, after: [] };
  });

  const isRaw = graph.op('Greater', [inputs.raw, graph.integer(0)], { T: { type: int32 } }, { types: [bool] });
  const words = scopes.map((scope, place) => {
    const areas = areasOf(piecesOf(trace, scope));
    const mean = math.divide(totals[place]!, math.cast(count, float32));
    const bits = (numbers: Output): Output => bitcast(math, numbers, int32);
    const packed = (numbers: Output): Output => packFrame(math, numbers, areas, inputs.planes);
    return [scope, either(math, isRaw, mean, bits, packed)] as const;
  });
  return new Map(words);
}

const ints = { types: [int32] };
const { values, sums, gradients } = wantedCodes;

/** Whether a piece is wanted so, by a code of `wantedCodes` and the piece's place. */
function conditionsOf(math: Arithmetic, wanted: Output, count: number): (code: number, piece: number) => Output {
  const { graph } = math;
  const flags = new Map<number, readonly Output[]>();
  return (code, piece) => {
    let apart = flags.get(code);
    if (!apart) {
      const attributes = { T: { type: int32 }, incompatible_shape_error: true };
      const equal = graph.op('Equal', [wanted, graph.integer(code)], attributes, { types: [bool] });
      const unpacked = { T: { type: bool }, num: { int: count }, axis: { int: 0 } };
      apart = graph.ops('Unpack', [equal], unpacked, { types: Array<Output['type']>(count).fill(bool) });
      flags.set(code, apart);
    }
    return apart[piece]!;
  };
}

type OneImage = {
  readonly trace: NetworkTrace;
  readonly weights: ByLayer;
  readonly state: ByLayer;
  readonly lowest: Output;
  /** [1 · H · W · C]. */
  readonly pixels: Output;
  /** [1]. */
  readonly label: Output;
};

/** One image forward and backward, and what a piece gives of it. */
function sourcesOf(math: Arithmetic, { trace, weights, state, lowest, pixels, label }: OneImage) {
  const { input, pixels: scale, loss = 'cross-entropy' } = trace.spec;
  const image = scaledPixels(math, math.reshape(pixels, [1, ...input]), scale);
  const pass = runLayers(math, { trace, images: image, weights, state, training: null, batch: 1, keepsSums: true });
  const { logits, layers } = pass;
  const labels = labelled(math, label, logits);
  const { gradient } = lossOf(loss, { math, logits, labels, classes: trace.classes, batch: 1 });
  const byOutputs = goneBack(math, trace, layers, gradient, lowest);
  const placeOf = new Map(trace.layers.map((layer, place) => [layer.spec.name, place]));
  return {
    /** By `wantedCodes`; gradients only where everything is looked at. `wantsGradient`: whether the piece's is wanted. */
    of({ part, layer }: FrameShape, scope: Scope, wantsGradient: Output): ReadonlyMap<number, Output> {
      if (part === 'input') return new Map([[values, image]]);
      if (part === 'scores') return new Map([[values, scores(math, loss, logits)]]);
      const place = placeOf.get(layer)!;
      const kinds = new Map<number, Output>([[values, part === 'maps' ? pass.outputs[place]! : weights[place]![0]!]]);
      if (part === 'maps' && pass.sums[place] !== pass.outputs[place]) kinds.set(sums, pass.sums[place]!);
      if (scope === 'frames') return kinds;
      if (part === 'maps') return kinds.set(gradients, byOutputs[place]!);
      const gated = only(math, byOutputs[place]!, wantsGradient);
      return kinds.set(gradients, layers[place]!.backward(gated, [false]).weights[0]!);
    },
  };
}

/** The label, or where it is −1 the class that the network holds most likely. */
function labelled(math: Arithmetic, label: Output, logits: Output): Output {
  const { graph } = math;
  const zero = graph.integer(0);
  const isUnknown = graph.op('Less', [label, zero], { T: { type: int32 } }, { types: [bool] });
  return graph.op('SelectV2', [isUnknown, guesses(math, logits), label], { T: { type: int32 } }, ints);
}

/**
 * The loss's gradients by what each layer gives.
 *
 * @param lowest those of layers before this one are not computed.
 */
function goneBack(
  math: Arithmetic,
  { layers }: NetworkTrace,
  passes: readonly Forward[],
  byLogits: Output,
  lowest: Output,
): readonly Output[] {
  const { graph } = math;
  const byOutputs: Output[] = [];
  const arrived: Output[][] = layers.map(() => []);
  arrived[layers.length - 1]!.push(byLogits);
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const { inputs } = layers[index]!;
    const gradient = math.sum(arrived[index]!);
    byOutputs[index] = gradient;
    if (inputs.every((from) => from < 0)) continue;
    const goesOn = graph.op('Less', [lowest, graph.integer(index)], { T: { type: int32 } }, { types: [bool] });
    const back = passes[index]!.backward(
      only(math, gradient, goesOn),
      inputs.map((from) => from >= 0),
    );
    for (const [place, from] of inputs.entries()) {
      const byInput = back.inputs[place];
      if (byInput && from >= 0) arrived[from]!.push(byInput);
    }
  }
  return byOutputs;
}

/** All numbers of a piece, plane after plane; of none, none. */
function planesFirst(math: Arithmetic, { planes, height, width }: FrameShape, source: Output): Output {
  // [1, H, W, C] → [C, H·W], HWIO → [I·O, H·W]; one plane, or planes of one cell, stand so already.
  const stands = planes === 1 || areaOf({ height, width }) === 1;
  return math.reshape(stands ? source : math.transpose(math.reshape(source, [-1, planes]), [1, 0]), [-1]);
}

/** A number from 0 to 1 a class: probabilities by softmax, or how near a tanh unit is to its +1. */
function scores(math: Arithmetic, loss: Loss, logits: Output): Output {
  switch (loss) {
    case 'cross-entropy':
    case 'rbf':
      return math.graph.op('Softmax', [logits], { T: { type: float32 } });
    case 'mean-squared-error':
      return math.scale(math.add(logits, math.graph.number(1)), 0.5);
    default:
      return loss satisfies never;
  }
}
