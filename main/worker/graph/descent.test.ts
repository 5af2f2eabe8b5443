import { describe, expect, it } from 'vitest';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import { float32, int32, type Output } from './graph.ts';
import { initialState, initialWeights } from './initialisers.ts';
import { lossOf } from './loss.ts';
import { runLayers } from './run-layers.ts';
import { Dice } from './testing/dice.ts';
import { runGraph } from './testing/run-graph.ts';

const dice = new Dice();
const batch = 8;

describe(`whole networks, from first weights to loss (seed ${dice.seed})`, () => {
  it.each(['lecun1989', 'lenet1', 'lenet5-1998', 'lenet5-textbook', 'residual-20'] as const)(
    '%s: the loss rises along its gradient as fast as the gradient says',
    (id) => {
      const traced = trace(presets[id]({}));
      const { layers, spec, classes } = traced;
      /** How far the loss should move to either side. */
      const rise = 0.01;
      const { above, below } = runGraph((math, place) => {
        const { graph } = math;
        const images = place(dice.numbers(batch * sizeOf(spec.input)), [batch, ...spec.input]);
        const labels = graph.constant(
          int32,
          [batch],
          Array.from({ length: batch }, () => dice.whole(0, classes - 1)),
        );
        const seed = graph.integer(dice.seed);
        const state = layers.map((layer) => initialState(math, layer));
        const passAt = (weights: readonly (readonly Output[])[]) => {
          // The same step for all, so that dropout draws the same masks.
          const training = { seed, step: graph.integer(1), first: 0 };
          const pass = runLayers(math, { trace: traced, images, weights, state, training, batch });
          const { logits } = pass;
          return { pass, loss: lossOf(spec.loss ?? 'cross-entropy', { math, logits, labels, classes, batch }) };
        };
        const weights = layers.map((layer) => initialWeights(math, layer, spec.initialiser, seed));
        const { pass, loss } = passAt(weights);
        const { gradients } = pass.backward(loss.gradient);
        const squares = gradients.flat().map((tensor) => {
          return math.reduce('Sum', math.reshape(math.unary('Square', tensor), [-1]), [0]);
        });
        const length = math.divide(graph.constant(float32, [], [rise]), math.sum(squares));
        const moved = (side: number) =>
          weights.map((tensors, layer) =>
            tensors.map((tensor, place) => {
              return math.add(tensor, math.multiply(gradients[layer]![place]!, math.scale(length, side)));
            }),
          );
        return { above: passAt(moved(1)).loss.sum, below: passAt(moved(-1)).loss.sum };
      });
      expect((above[0]! - below[0]!) / batch / (2 * rise)).toBeCloseTo(1, 1);
    },
  );
});
