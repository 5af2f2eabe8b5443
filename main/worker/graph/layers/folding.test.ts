import { describe, expect, it } from 'vitest';
import { presets } from '../../../../shared/network/presets/index.ts';
import { trace } from '../../../../shared/network/shapes.ts';
import type { ConvSpec } from '../../../../shared/network/spec.ts';
import { foldsColumns, foldsRows } from './folding.ts';
import { surrounded } from './windows.ts';

/** The layers of a preset that are folded, and how; `rows` only where a layer before it asks for the gradient by its map. */
function foldedLayers(id: keyof typeof presets): readonly string[] {
  return trace(presets[id].choose({}).network).layers.flatMap(({ spec, input }, index) => {
    if (spec.kind !== 'conv') return [];
    const { width, height } = surrounded({ ...spec, shape: input }, 0);
    const ways = [
      ...(foldsColumns(spec, width) ? ['columns'] : []),
      ...(index > 0 && foldsRows(spec, input[2]!, height) ? ['rows'] : []),
    ];
    return ways.length === 0 ? [] : [`${spec.name} by ${ways.join(' and ')}`];
  });
}

describe('what is folded', () => {
  it.each([
    ['lenet1', ['H1 by columns', 'H3 by rows']],
    ['lenet5-1998', ['C1 by columns', 'C3 by rows']],
    ['lenet5-textbook', ['C1 by columns', 'C3 by rows']],
  ] as const)('in %s: %j', (id, layers) => {
    expect(foldedLayers(id)).toEqual(layers);
  });

  it('is nothing in any other network', () => {
    const others = (Object.keys(presets) as (keyof typeof presets)[]).filter((id) => !id.startsWith('lenet'));
    expect(others.filter((id) => foldedLayers(id).length > 0)).toEqual([]);
  });

  const spec: ConvSpec = {
    kind: 'conv',
    name: 'layer',
    filters: 8,
    size: 3,
    stride: 1,
    padding: 'valid',
    activation: 'none',
  };

  it('has few filters by columns, and few channels by rows', () => {
    expect([8, 9].map((filters) => foldsColumns({ ...spec, filters }, 10))).toEqual([true, false]);
    expect([8, 9].map((channels) => foldsRows({ ...spec, filters: 64 }, channels, 10))).toEqual([true, false]);
  });

  it('has pairs of columns or rows', () => {
    expect(foldsColumns(spec, 11)).toBe(false);
    expect(foldsRows(spec, 8, 11)).toBe(false);
  });

  it.each([{ stride: 2 }, { dilation: 2 }, { groups: 2 }, { size: 4 }, { size: 1 }])('does not have %j', (change) => {
    expect(foldsColumns({ ...spec, ...change }, 10)).toBe(false);
    expect(foldsRows({ ...spec, ...change }, 8, 10)).toBe(false);
  });
});
