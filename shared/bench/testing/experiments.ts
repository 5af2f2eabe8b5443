import type { Dice } from '../../random/testing/dice.ts';
import { plane } from '../../math/plane.ts';
import type { BenchImage } from '../compute.ts';
import {
  benchActivations,
  type BenchKernel,
  type Experiment,
  type Operation,
  padModes,
  type Pooling,
  poolingKinds,
} from '../experiment.ts';
import { initialExperiment } from '../initial.ts';

export function randomImage(dice: Dice, height: number, width: number, channels: number): BenchImage {
  const planes = Array.from({ length: channels }, () => {
    return plane(
      height,
      width,
      dice.numbers(height * width).map((value) => (value + 1) / 2),
    );
  });
  return { height, width, planes };
}

export function randomKernel(dice: Dice, height: number, width: number, channels: 1 | 3): BenchKernel {
  const weights = [...dice.numbers(height * width * channels)];
  return { origin: { kind: 'own' }, height, width, channels, weights };
}

/** Any operation that a bench may hold, of sizes that small images can do with. */
export function randomOperation(dice: Dice): Operation {
  return {
    stride: dice.whole(1, 3),
    padding: dice.pick(['valid', 'same', dice.whole(0, 4)]),
    padMode: dice.pick(padModes),
    padValue: dice.numbers(1)[0]!,
    dilation: dice.whole(1, 2),
    bias: dice.numbers(1)[0]!,
    activation: dice.pick(benchActivations),
    sense: dice.pick(['correlation', 'convolution']),
  };
}

export function randomPooling(dice: Dice): Pooling {
  const [coefficient, bias] = dice.numbers(2);
  return {
    left: dice.pick(poolingKinds),
    right: dice.pick(poolingKinds),
    size: dice.whole(1, 4),
    stride: dice.whole(1, 4),
    seed: dice.whole(0, 1000),
    coefficient: coefficient!,
    bias: bias!,
  };
}

export function experimentWith(parts: Partial<Experiment>): Experiment {
  return { ...initialExperiment, ...parts };
}
