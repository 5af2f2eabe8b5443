import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../shared/defaults.ts';
import { agrees, unitArithmetic, weightsUnitOf } from '../../shared/network-arithmetic/index.ts';
import { extentOf, indexOf, type Unit } from '../../shared/network-arithmetic/unit.ts';
import type { PresetId } from '../../shared/network/presets/index.ts';
import type { TracedLayer } from '../../shared/network/shapes.ts';
import type { LayerKind } from '../../shared/network/spec.ts';
import { Dice } from '../../shared/random/testing/dice.ts';
import { type Shape, sizeOf } from '../../shared/tensor/shape.ts';
import { coloursOf, type Dataset, type LabelledImages } from './dataset/dataset.ts';
import { Run } from './run.ts';
import { loadTensorFlow } from './tensorflow.ts';

const { tf } = loadTensorFlow('cpu');

/** Images of noise, of the size that a network reads. */
function noise(shape: Shape, images: number, dice: Dice): Dataset {
  const labelled = (): LabelledImages => ({
    count: images,
    shape,
    pixels: Uint8Array.from({ length: images * sizeOf(shape) }, () => dice.whole(0, 255)),
    labels: Uint8Array.from({ length: images }, () => dice.whole(0, 9)),
  });
  const classes = Array.from({ length: 10 }, (_, label) => String(label));
  const train = labelled();
  return { train, test: labelled(), classes, skipped: [], colours: () => coloursOf(train) };
}

/** A network of this kind that has been trained for a few steps. */
async function trained(preset: PresetId, steps: number): Promise<{ run: Run; dice: Dice }> {
  const dice = new Dice(41);
  const settings = settingsFor({ preset, switches: {} });
  const hyperParameters = { ...settings.hyperParameters, batch: 8, augmentation: {} };
  const run = await Run.build(tf, 1, { ...settings, hyperParameters }, (_, input) =>
    Promise.resolve(noise(input, 8, dice)),
  );
  run.reset();
  for (let step = 0; step < steps; step++) run.train(1);
  return { run, dice };
}

/** What the arithmetic of a unit gives, beside the network's own numbers. */
function said(run: Run, layer: TracedLayer, unit: Unit) {
  const image = { source: 'test', index: 3 } as const;
  const { layers } = run.trace;
  const inputs = layer.inputs.map((index) =>
    run.readActivations(image, layers[index]?.spec.name ?? 'input', 'outputs'),
  );
  const { name } = layer.spec;
  const weightsUnit = weightsUnitOf(layer, unit);
  const tensors = weightsUnit === null ? [] : run.readWeights(name, weightsUnit);
  const own = Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor]));
  const at = indexOf(layer.output, unit);
  const computed = unitArithmetic(layer, inputs, own, unit);
  return {
    computed,
    sum: run.readActivations(image, name, 'sums').values[at]!,
    result: run.readActivations(image, name, 'outputs').values[at]!,
  };
}

const networks: readonly (readonly [PresetId, readonly LayerKind[]])[] = [
  ['lecun1989', ['conv', 'dense']],
  ['lenet5-textbook', ['conv', 'pool', 'flatten', 'dense']],
  ['lenet5-1998', ['conv', 'subsample', 'rbf']],
  ['alexnet-cifar', ['conv', 'pool', 'lrn', 'dense']],
  ['residual-20', ['conv', 'batch-norm', 'shortcut', 'add', 'global-average']],
];

describe('the arithmetic of single units, against what TensorFlow computed', () => {
  for (const [preset, kinds] of networks) {
    it(`is that of every layer of ${preset}`, async () => {
      const { run, dice } = await trained(preset, 2);
      try {
        for (const layer of run.trace.layers) {
          const { maps, rows, columns } = extentOf(layer.output);
          // The corners too, where windows reach into the padding.
          const units = [
            { map: 0, row: 0, column: 0 },
            { map: maps - 1, row: rows - 1, column: columns - 1 },
            { map: dice.whole(0, maps - 1), row: dice.whole(0, rows - 1), column: dice.whole(0, columns - 1) },
          ];
          for (const unit of units) {
            const { computed, sum, result } = said(run, layer, unit);
            const where = `${layer.spec.name} ${JSON.stringify(unit)}: ${computed.biased} → ${computed.result}, own ${sum} → ${result}`;
            expect(agrees(computed.biased, sum, computed.magnitude), where).toBe(true);
            expect(agrees(computed.result, result, computed.magnitude), where).toBe(true);
          }
        }
        expect(run.trace.layers.map(({ spec }) => spec.kind)).toEqual(expect.arrayContaining([...kinds]));
      } finally {
        run.dispose();
      }
    });
  }
});
