import { describe, expect, it } from 'vitest';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { lenet5Textbook, presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import type { SceneHit } from '../../scene/index.ts';
import type { Place } from '../../state/focus.svelte.ts';
import { crumbsOf } from './crumbs.ts';
import { fieldOf } from './field.ts';
import { inner, moved, nextMap, outer } from './navigation.ts';

const network = trace(lenet5Textbook());
const whole: Place = { kind: 'network' };

function hit(layer: string, part: SceneHit['part']['part'], plane: number, row = 0, column = 0): SceneHit {
  const found = frameLayout(network).parts.find((each) => each.layer === layer && each.part === part)!;
  return { part: found, panel: layer, plane, planes: [plane], row, column, isCell: true, x: 0, y: 0 };
}

describe('pressing', () => {
  const map: Place = { kind: 'map', layer: 'C3', map: 4 };

  it('a map leads to it, from anywhere', () => {
    for (const from of [whole, { kind: 'layer', layer: 'C3' }, { kind: 'map', layer: 'C3', map: 9 }] as Place[]) {
      expect(inner(network, from, hit('C3', 'maps', 4, 2, 3))).toEqual(map);
    }
  });

  it('a unit of the map one looks at selects it', () => {
    const unit = { kind: 'unit', layer: 'C3', map: 4, row: 2, column: 3 };
    expect(inner(network, map, hit('C3', 'maps', 4, 2, 3))).toEqual(unit);
    expect(inner(network, { ...map, kind: 'unit', row: 0, column: 0 }, hit('C3', 'maps', 4, 2, 3))).toEqual(unit);
  });

  it('a kernel leads to its layer, and stays there', () => {
    const layer: Place = { kind: 'layer', layer: 'C1' };
    expect(inner(network, whole, hit('C1', 'kernels', 2))).toEqual(layer);
    expect(inner(network, layer, hit('C1', 'kernels', 2))).toEqual(layer);
  });

  it('a row of units leads to its layer first, and then to a unit', () => {
    expect(inner(network, whole, hit('F6', 'maps', 0, 0, 12))).toEqual({ kind: 'layer', layer: 'F6' });
    expect(inner(network, { kind: 'layer', layer: 'F6' }, hit('F6', 'maps', 0, 0, 12))).toEqual({
      ...{ kind: 'unit', layer: 'F6', map: 0 },
      ...{ row: 0, column: 12 },
    });
  });

  it('the image beside a layer changes nothing', () => {
    expect(inner(network, map, hit('input', 'input', 0, 3, 3))).toBe(map);
    expect(inner(network, whole, hit('input', 'input', 0, 3, 3))).toEqual({ kind: 'map', layer: 'input', map: 0 });
  });
});

describe('the way back', () => {
  it('goes from unit to map, to layer, to the whole', () => {
    let place: Place = { kind: 'unit', layer: 'C3', map: 4, row: 1, column: 1 };
    const kinds = [];
    for (let i = 0; i < 4; i += 1) {
      place = outer(network, place);
      kinds.push(place.kind);
    }
    expect(kinds).toEqual(['map', 'layer', 'network', 'network']);
  });

  it('goes from a unit in a row to its layer at once', () => {
    const unit: Place = { kind: 'unit', layer: 'F6', map: 0, row: 0, column: 12 };
    expect(outer(network, unit)).toEqual({ kind: 'layer', layer: 'F6' });
  });

  it('is told step by step, maps counted from one', () => {
    const labels = (place: Place) => crumbsOf(network, place).map(({ label }) => label);
    expect(labels(whole)).toEqual(['Network']);
    expect(labels({ kind: 'unit', layer: 'C3', map: 4, row: 3, column: 5 })).toEqual([
      'Network',
      'C3',
      'map 5',
      'unit (3, 5)',
    ]);
    expect(labels({ kind: 'unit', layer: 'F6', map: 0, row: 0, column: 12 })).toEqual(['Network', 'F6', 'unit 12']);
  });
});

describe('moving on', () => {
  it('begins in the middle of a map and stays within it', () => {
    const map = { kind: 'map', layer: 'S4', map: 2 } as const;
    expect(moved(network, map, { rows: 0, columns: 1 })).toMatchObject({ kind: 'unit', row: 2, column: 2 });
    const corner = { ...map, kind: 'unit', row: 4, column: 0 } as const;
    expect(moved(network, corner, { rows: 1, columns: -1 })).toEqual(corner);
    expect(moved(network, corner, { rows: -1, columns: 1 })).toMatchObject({ row: 3, column: 1 });
  });

  it('goes through the maps of a layer and around, the unit kept', () => {
    const unit = { kind: 'unit', layer: 'C3', map: 15, row: 3, column: 4 } as const;
    expect(nextMap(network, unit, 1)).toEqual({ ...unit, map: 0 });
    expect(nextMap(network, { ...unit, map: 0 }, -1)).toEqual(unit);
  });

  it('finds one map in a picture in colour', () => {
    const photographs = trace(presets.alexnet());
    expect(nextMap(photographs, { kind: 'map', layer: 'input', map: 0 }, 1)).toMatchObject({ map: 0 });
  });
});

describe('the part of the image that is marked', () => {
  const selected: Place = { kind: 'unit', layer: 'S4', map: 0, row: 1, column: 2 };

  it('is what the unit under the pointer sees, or else the selected one', () => {
    expect(fieldOf(network, null, selected)).toEqual({ top: 2, left: 6, height: 16, width: 16 });
    expect(fieldOf(network, hit('C1', 'maps', 3, 10, 10), selected)).toEqual({ top: 8, left: 8, height: 5, width: 5 });
  });

  it('is none for kernels, and while nothing is pointed at', () => {
    expect(fieldOf(network, hit('C1', 'kernels', 0, 1, 1), whole)).toBeNull();
    expect(fieldOf(network, null, { kind: 'map', layer: 'C1', map: 0 })).toBeNull();
    expect(fieldOf(network, { ...hit('C1', 'maps', 3), isCell: false }, whole)).toBeNull();
  });

  it('is none for a place of another network', () => {
    expect(fieldOf(network, null, { ...selected, layer: 'conv3' })).toBeNull();
  });
});
