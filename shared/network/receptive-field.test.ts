import { describe, expect, it } from 'vitest';
import { lenet5Textbook, type PresetId, presetIds, presets } from './presets/index.ts';
import { receptiveFieldOf } from './receptive-field.ts';
import { type NetworkTrace, trace, type TracedLayer } from './shapes.ts';

/** One network of each width is enough: depth repeats. */
const tried = presetIds.filter((id) => !/-(32|56|110)$/.test(id));

/**
 * What one line of the image makes of the layers, along one axis, if every window adds up what it covers and padding is 0: a pixel that changes a
 * cell is a pixel that the cell sees. null for layers without maps.
 */
function forward({ layers, spec }: NetworkTrace, axis: 0 | 1, line: readonly number[]): (readonly number[] | null)[] {
  const said: (readonly number[] | null)[] = [];
  for (const layer of layers) {
    const [source, other] = layer.inputs.map((input) => (input < 0 ? line : said[input]!));
    if (layer.output.length === 1 || !source) said.push(null);
    else said.push(layer.spec.kind === 'add' ? source.map((cell, i) => cell + other![i]!) : sums(layer, axis, source));
  }
  expect(said).toHaveLength(spec.layers.length);
  return said;
}

function sums(layer: TracedLayer, axis: 0 | 1, source: readonly number[]): readonly number[] {
  const { spec } = layer;
  const cells = layer.output[axis]!;
  const {
    size = 1,
    stride = 1,
    dilation = 1,
    padding = 'valid',
  } = spec as {
    size?: number;
    stride?: number;
    dilation?: number;
    padding?: 'valid' | 'same' | readonly [number, number];
  };
  const lacking = Math.max(0, (cells - 1) * stride + (size - 1) * dilation + 1 - source.length);
  const before = padding === 'valid' ? 0 : padding === 'same' ? Math.floor(lacking / 2) : padding[0];
  return Array.from({ length: cells }, (_, cell) => {
    let sum = 0;
    for (let tap = 0; tap < size; tap += 1) sum += source[cell * stride - before + tap * dilation] ?? 0;
    return sum;
  });
}

describe.each(tried)('the receptive fields of %s', (id: PresetId) => {
  const network = trace(presets[id]());

  it.each([0, 1] as const)('are the pixels that change a unit when they change (axis %d)', (axis) => {
    const length = network.spec.input[axis];
    /** For each layer and cell the first and the last pixel that changed it. */
    const seen = network.layers.map(({ output }) =>
      output.length === 3 ? Array.from({ length: output[axis]! }, () => [length, -1]) : null,
    );
    for (let pixel = 0; pixel < length; pixel += 1) {
      const line = Array.from({ length }, (_, i) => (i === pixel ? 1 : 0));
      forward(network, axis, line).forEach((cells, layer) => {
        cells?.forEach((cell, i) => {
          if (cell === 0) return;
          const span = seen[layer]![i]!;
          span[0] = Math.min(span[0]!, pixel);
          span[1] = Math.max(span[1]!, pixel);
        });
      });
    }
    for (const [i, { spec }] of network.layers.entries()) {
      const found = seen[i]?.map((_, cell) => {
        const { clipped } = receptiveFieldOf(network, spec.name, axis === 0 ? cell : 0, axis === 1 ? cell : 0);
        const [start, size] = axis === 0 ? [clipped.top, clipped.height] : [clipped.left, clipped.width];
        return [start, start + size - 1];
      });
      expect(found ?? null, spec.name).toEqual(seen[i]);
    }
  });

  it('reach as far as the trace says, before the image’s edge cuts them', () => {
    const [height, width] = network.spec.input;
    for (const { spec, output, receptiveField } of network.layers) {
      if (output.length !== 3) continue;
      const { unclipped } = receptiveFieldOf(network, spec.name, 0, output[1]! - 1);
      expect(Math.min(unclipped.height, Math.max(height, width)), spec.name).toBe(receptiveField);
      expect(unclipped.width, spec.name).toBe(unclipped.height);
    }
  });
});

describe('a receptive field', () => {
  const network = trace(lenet5Textbook());

  it('moves by the product of the strides', () => {
    // S4 of the textbook's LeNet-5: 5×5 (padded by 2), 2×2 / 2, 5×5, 2×2 / 2.
    expect(receptiveFieldOf(network, 'S4', 1, 2).unclipped).toEqual({ top: 2, left: 6, height: 16, width: 16 });
    expect(receptiveFieldOf(network, 'S4', 0, 0)).toEqual({
      unclipped: { top: -2, left: -2, height: 16, width: 16 },
      clipped: { top: 0, left: 0, height: 14, width: 14 },
    });
  });

  it('of a dense unit is the whole image, of a pixel itself', () => {
    expect(receptiveFieldOf(network, 'F6', 0, 12).clipped).toEqual({ top: 0, left: 0, height: 28, width: 28 });
    expect(receptiveFieldOf(network, 'input', 3, 4).clipped).toEqual({ top: 3, left: 4, height: 1, width: 1 });
  });

  it('is refused for a unit or a layer that is not there', () => {
    expect(() => receptiveFieldOf(network, 'C9', 0, 0)).toThrow('no layer C9');
    expect(() => receptiveFieldOf(network, 'C3', 10, 0)).toThrow('none is at (10, 0)');
  });
});
