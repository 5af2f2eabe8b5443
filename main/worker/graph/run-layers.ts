import type { NetworkTrace } from '../../../shared/network/shapes.ts';
import type { Arithmetic } from './arithmetic.ts';
import type { Node, Output } from './graph.ts';
import { type Forward, forward, type Training } from './layers/index.ts';
import { forwardWithSums } from './layers/sums.ts';

export type PassOptions = {
  readonly trace: NetworkTrace;
  /** NHWC, as the first layer reads them. */
  readonly images: Output;
  /** Of each layer its trainable tensors. */
  readonly weights: readonly (readonly Output[])[];
  /** Of each layer what training changes but no gradient does. */
  readonly state: readonly (readonly Output[])[];
  /** Null in evaluation. */
  readonly training: Training | null;
  /** Images in the batch; null where it is not known (forward only). */
  readonly batch: number | null;
  /** Whether what the activations are given is kept apart from what they give, as `sums`. */
  readonly keepsSums?: boolean;
};

/** A network written into the graph once. */
export type Pass = {
  /** Output of each layer. */
  readonly outputs: readonly Output[];
  /** What each layer's activation is given, where `keepsSums`; else as `outputs`. */
  readonly sums: readonly Output[];
  /** Each layer by itself. */
  readonly layers: readonly Forward[];
  /** Output of the last layer. */
  readonly logits: Output;
  /** Of each layer the new values of its state; none in evaluation. */
  readonly state: readonly (readonly Output[])[];
  /** From the gradient by the logits. */
  readonly backward: (byLogits: Output) => Back;
};

/** What going back through the layers gives, layer by layer. */
export type Back = {
  /** Gradients by the layer's weights. */
  readonly gradients: readonly (readonly Output[])[];
  /** What must have run before the layer's weights may change: the gradients by its inputs still read them. */
  readonly readers: readonly (readonly Node[])[];
};

/** Writes the layers of `trace` in order, each reading what its `inputs` say. */
export function runLayers(math: Arithmetic, options: PassOptions): Pass {
  const { trace, images, weights, state, training, batch, keepsSums = false } = options;
  const outputs: Output[] = [];
  const sums: Output[] = [];
  const passes = trace.layers.map((layer, index) => {
    const inputs = layer.inputs.map((from) => (from < 0 ? images : outputs[from]!));
    const given = { math, layer, inputs, weights: weights[index]!, state: state[index]!, training, batch };
    const pass = keepsSums ? forwardWithSums(given) : { ...forward(given), sums: null };
    outputs.push(pass.output);
    sums.push(pass.sums ?? pass.output);
    return pass;
  });
  return {
    outputs,
    sums,
    layers: passes,
    logits: outputs[outputs.length - 1]!,
    state: passes.map((pass) => pass.state ?? []),
    backward(byLogits) {
      const learns = learningLayers(trace);
      const gradients: (readonly Output[])[] = passes.map(() => []);
      const readers: (readonly Node[])[] = passes.map(() => []);
      /** What each layer's readers say of its output. */
      const arrived: Output[][] = passes.map(() => []);
      arrived[passes.length - 1]!.push(byLogits);
      // A layer's readers all come after it, so that going backwards nothing arrives late.
      for (let index = passes.length - 1; index >= 0; index--) {
        if (!learns[index] || arrived[index]!.length === 0) continue;
        const { inputs } = trace.layers[index]!;
        const back = passes[index]!.backward(
          math.sum(arrived[index]!),
          inputs.map((from) => from >= 0 && learns[from]!),
        );
        gradients[index] = back.weights;
        readers[index] = back.inputs.filter((gradient) => gradient !== null);
        for (const [place, from] of inputs.entries()) {
          const gradient = back.inputs[place];
          if (gradient && from >= 0) arrived[from]!.push(gradient);
        }
      }
      return { gradients, readers };
    },
  };
}

/** Whether each layer has something to learn, itself or in what it reads: only these are gone back through. */
function learningLayers({ layers }: NetworkTrace): readonly boolean[] {
  const learns: boolean[] = [];
  for (const { weights, inputs } of layers) {
    learns.push(weights.length > 0 || inputs.some((from) => from >= 0 && learns[from]!));
  }
  return learns;
}
