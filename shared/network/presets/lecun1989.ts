import type { Recipe } from '../../training/recipe.ts';
import type { Initialiser, LayerSpec } from '../spec.ts';
import { preset } from './preset.ts';

/** The rungs of Karpathy's ladder of 2022, each with those before it. */
const ladder = ['1989', 'softmax', 'adamw', 'shifts', 'dropout'] as const;
type Rung = (typeof ladder)[number];

/** U(±2.4 / √F). */
const initialiser: Initialiser = { kind: 'fan-in', gain: 2.4, root: true };

/** H2: four filters read maps 0–7, four maps 4–11, four 0–3 and 8–11. */
const h2Connections = [
  [0, 1, 2, 3, 4, 5, 6, 7],
  [4, 5, 6, 7, 8, 9, 10, 11],
  [0, 1, 2, 3, 8, 9, 10, 11],
].flatMap((row) => [row, row, row, row]);

/**
 * The zip-code net of 1989: no pooling, one bias a unit, tanh everywhere. 9,760 parameters, 64,660 connections, 1,256 units with the
 * 256 of the input. Reported: 0.14 % training and 5.0 % test error; by Karpathy's reproduction on MNIST 0.62 % and 4.09 %.
 *
 * `ladder` climbs Karpathy's modernisation, rung by rung (test error): softmax 4.38 %, adamw 3.59 %, shifts 2.19 %, dropout and ReLU 1.59 %.
 */
export const lecun1989 = preset({
  id: 'lecun1989',
  switches: { ladder },
  network: ({ ladder: rung }) => ({
    title: 'The zip-code net of 1989',
    year: 1989,
    source: 'LeCun et al. (1989), Neural Computation 1(4), 541–551; guesses after Karpathy (2022), lecun1989-repro',
    departures: [
      'The paper does not publish which eight maps of H1 a map of H2 reads: three overlapping blocks of eight, as Karpathy guesses',
      'First weights are U(±2.4/√F); the paper prints U(±2.4/F)',
      ...(rung === '1989' ? ['The output’s biases start at −1, the target of nine units in ten'] : modernised(rung)),
    ],
    input: [16, 16, 1],
    pixels: { kind: 'range', low: -1, high: 1 },
    initialiser,
    loss: rung === '1989' ? 'mean-squared-error' : 'cross-entropy',
    layers: layersOf(rung),
  }),
  recipe: ({ ladder: rung }) => recipeOf(rung),
});

function reaches(rung: Rung, wanted: Rung): boolean {
  return ladder.indexOf(rung) >= ladder.indexOf(wanted);
}

function modernised(rung: Rung): string[] {
  const sentences = ['A softmax with cross-entropy stands for the tanh output and its mean squared error'];
  if (reaches(rung, 'dropout')) sentences.push('ReLU stands for tanh, and a quarter of H2 is dropped out in training');
  return sentences;
}

function layersOf(rung: Rung): LayerSpec[] {
  const activation = reaches(rung, 'dropout') ? 'relu' : 'tanh';
  /** 5×5 with stride 2 on maps bordered by two cells of background. */
  const halving = {
    kind: 'conv',
    filters: 12,
    size: 5,
    stride: 2,
    padding: [2, 2],
    paddingValue: -1,
    bias: 'unit',
  } as const;
  return [
    { ...halving, name: 'H1', activation },
    { ...halving, name: 'H2', connections: h2Connections, activation },
    ...(reaches(rung, 'dropout') ? [{ kind: 'dropout', name: 'drop', rate: 0.25 } as const] : []),
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'H3', units: 30, activation },
    rung === '1989'
      ? { kind: 'dense', name: 'output', units: 10, activation: 'tanh', initialBias: -1 }
      : { kind: 'dense', name: 'output', units: 10, activation: 'none' },
  ];
}

/** After Karpathy's scripts, one example a step throughout; the order is shuffled. */
function recipeOf(rung: Rung): Recipe {
  const adam = reaches(rung, 'adamw');
  return {
    dataset: 'mnist-16',
    optimiser: adam ? 'adam' : 'sgd',
    learningRate: { '1989': 0.03, softmax: 0.01, adamw: 3e-4, shifts: 3e-4, dropout: 3e-4 }[rung],
    momentum: adam ? 0.9 : 0,
    weightDecay: adam ? 0.01 : 0,
    schedule: adam ? { kind: 'linear', last: 1 / 3 } : { kind: 'constant' },
    batch: 1,
    epochs: { '1989': 23, softmax: 23, adamw: 46, shifts: 60, dropout: 80 }[rung],
    augmentation: reaches(rung, 'shifts') ? { shift: 1 } : {},
    departures: [
      'Digits of MNIST, made 16×16, stand for the zip codes of the U.S. Postal Service',
      ...(rung === '1989' ? ['Plain gradient descent stands for the paper’s diagonal second-order method'] : []),
      'The order is shuffled anew for each pass; in the paper it is constant',
    ],
  };
}
