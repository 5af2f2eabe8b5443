import { describe, expect, it } from 'vitest';
import { knownDatasets } from '../../dataset/known.ts';
import { NetworkError, trace } from '../shapes.ts';
import { codeSize, digitCodes } from './digit-codes.ts';
import { presetIds, presets, type SwitchOptions } from './index.ts';
import { combinations } from './testing/combinations.ts';

describe.each(presetIds)('the preset %s', (id) => {
  it('is called by its id', () => {
    expect(presets[id].id).toBe(id);
    expect(presets[id].choose({}).network.id).toBe(id);
  });

  it('names its source', () => {
    expect(presets[id].choose({}).network.source).toMatch(/\(\d{4}\)|cuda-convnet/);
  });

  it('can be built with every combination of its switches', () => {
    for (const switches of combinations(presets[id].switches)) {
      expect(() => trace(presets[id].choose(switches).network), JSON.stringify(switches)).not.toThrow();
    }
  });

  it('has the published settings when nothing is said', () => {
    const options: SwitchOptions = presets[id].switches;
    const published = Object.entries(options).map(([name, [first]]) => [name, first]);
    expect(presets[id].choose({}).switches).toEqual(Object.fromEntries(published));
  });

  it('is trained on images that its input can hold', () => {
    for (const switches of combinations(presets[id].switches)) {
      const { network, recipe } = presets[id].choose(switches);
      const [height, , channels] = knownDatasets[recipe.dataset];
      const [wanted, , wantedChannels] = network.input;
      expect(wantedChannels).toBe(channels);
      // Padded by two (1998), or cut out of a larger one (2012).
      expect([height, height + 4].includes(wanted) || recipe.augmentation.crop?.pad === 0).toBe(true);
    }
  });

  it('is trained for as long as its table of rates says', () => {
    const { schedule, epochs } = presets[id].choose({}).recipe;
    if (schedule.kind !== 'table') return;
    expect(schedule.rates.reduce((sum, [length]) => sum + length, 0)).toBe(epochs);
  });
});

describe('switches', () => {
  it('leave the others as published', () => {
    expect(presets.alexnet.choose({ lrn: 'off' }).switches).toEqual({
      activation: 'relu',
      pooling: 'max',
      overlap: 'on',
      dropout: 'on',
      lrn: 'off',
    });
    expect(presets.alexnet({ lrn: undefined })).toEqual(presets.alexnet());
  });

  it('take away what they switch off', () => {
    const kinds = presets.alexnet({ lrn: 'off', dropout: 'off' }).layers.map(({ kind }) => kind);
    expect(kinds).not.toContain('lrn');
    expect(kinds).not.toContain('dropout');
  });

  it('that a preset does not have are refused', () => {
    expect(() => presets.lenet1.choose({ pooling: 'max' })).toThrow(
      new NetworkError('lenet1', 'It has no switch pooling: it has no switches'),
    );
    expect(() => presets['lenet5-textbook'].choose({ toString: 'max' })).toThrow(
      'lenet5-textbook: It has no switch toString: its switches are activation, pooling',
    );
  });

  it('that are set to what they cannot be are refused', () => {
    expect(() => presets['lenet5-textbook'].choose({ pooling: 'median' })).toThrow(
      'lenet5-textbook: pooling cannot be median: it can be average, max',
    );
  });
});

describe('the ladder of the zip-code net', () => {
  const rungs = ['1989', 'softmax', 'adamw', 'shifts', 'dropout'] as const;

  it('keeps 9,760 parameters on every rung', () => {
    for (const ladder of rungs) expect(trace(presets.lecun1989({ ladder })).parameters).toBe(9_760);
  });

  it('changes what Karpathy changes, rung by rung', () => {
    const rows = rungs.map((ladder) => {
      const { network, recipe } = presets.lecun1989.choose({ ladder });
      const activation = network.layers.map((layer) => ('activation' in layer ? layer.activation : ''));
      return [network.loss, recipe.optimiser, recipe.epochs, recipe.augmentation.shift ?? 0, activation[0]];
    });
    expect(rows).toEqual([
      ['mean-squared-error', 'sgd', 23, 0, 'tanh'],
      ['cross-entropy', 'sgd', 23, 0, 'tanh'],
      ['cross-entropy', 'adam', 46, 0, 'tanh'],
      ['cross-entropy', 'adam', 60, 1, 'tanh'],
      ['cross-entropy', 'adam', 80, 1, 'relu'],
    ]);
  });

  it('lets every map of H2 read eight of H1, and every map of H1 be read', () => {
    const h2 = presets.lecun1989().layers[1]!;
    const table = h2.kind === 'conv' ? (h2.connections ?? []) : [];
    expect(table.map((row) => row.length)).toEqual(Array(12).fill(8));
    expect(new Set(table.flat()).size).toBe(12);
  });
});

describe('the codes of the digits', () => {
  it('are ten pictures of 7×12 cells', () => {
    expect(digitCodes).toHaveLength(10);
    for (const code of digitCodes) expect(code).toHaveLength(codeSize.width * codeSize.height);
  });

  it('differ from each other in at least twelve cells', () => {
    for (const [i, one] of digitCodes.entries()) {
      for (const other of digitCodes.slice(0, i)) {
        expect(one.filter((value, cell) => value !== other[cell]).length).toBeGreaterThanOrEqual(12);
      }
    }
  });
});

describe('the released AlexNet', () => {
  it('normalises sums in its first layer, and rectifies after pooling', () => {
    const [conv1, norm1, pool1] = presets['alexnet-released']().layers;
    expect(conv1).toMatchObject({ kind: 'conv', activation: 'none' });
    expect(norm1).toMatchObject({ kind: 'lrn', alpha: 2e-5 });
    expect(pool1).toMatchObject({ kind: 'pool', activation: 'relu' });
  });
});
