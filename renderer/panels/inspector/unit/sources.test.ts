import { describe, expect, it } from 'vitest';
import { presets } from '../../../../shared/network/presets/index.ts';
import { trace } from '../../../../shared/network/shapes.ts';
import { placeWords, sourceOf } from './sources.ts';

const lenet = trace(presets['lenet5-textbook'].choose({}).network);
const alexnet = trace(presets.alexnet.choose({}).network);
const layerOf = (network: typeof lenet, name: string) => network.layers.find(({ spec }) => spec.name === name)!;

describe('where a number comes from', () => {
  it('is a cell of the maps behind a flattening', () => {
    const layer = lenet.layers.find(({ spec }) => spec.kind === 'dense')!;
    // 5 rows of 5 cells of 16 maps.
    const source = sourceOf(lenet, layer, (2 * 5 + 3) * 16 + 7);
    expect(source).toEqual({ layer: 'S4', unit: { map: 7, row: 2, column: 3 } });
    expect(placeWords(lenet, source)).toBe('S4 · map 8, row 2, column 3');
  });

  it('is a unit of the layer behind a dropout', () => {
    const fc7 = layerOf(alexnet, 'fc7');
    expect(sourceOf(alexnet, fc7, 4000)).toEqual({ layer: 'fc6', unit: { map: 0, row: 0, column: 4000 } });
    expect(placeWords(alexnet, sourceOf(alexnet, fc7, 12))).toBe('fc6 · unit 12');
  });

  it('is the image for the first layer', () => {
    expect(sourceOf(lenet, layerOf(lenet, 'C1'), 28 + 3)).toEqual({
      layer: 'input',
      unit: { map: 0, row: 1, column: 3 },
    });
    expect(placeWords(lenet, { layer: 'input', unit: { map: 0, row: 1, column: 3 } })).toBe('Input · row 1, column 3');
  });
});
