import { describe, expect, it } from 'vitest';
import { lenet5Textbook, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import type { Point } from './fit.ts';
import { cellOfUnit, pick, placeInPlane, worldFromPanel } from './picking.ts';
import { placeNetwork } from './placement.ts';
import { planKernels, planNetwork } from './plan.ts';

const plans = planNetwork(trace(lenet5Textbook()));
const panels = placeNetwork(plans, 1.8);
const eye = { x: 0.7, y: 1.3, z: 40 };
const rayTo = (to: Point) => ({
  origin: eye,
  direction: { x: to.x - eye.x, y: to.y - eye.y, z: to.z - eye.z },
});

describe('picking', () => {
  it('finds the very cell that the ray goes through, in every quad of every layer', () => {
    plans.forEach((plan, layer) => {
      plan.quads.forEach((quad, index) => {
        const rect = panels[layer]!.rects[index]!;
        const [column, row] = [quad.columns - 1, Math.floor(quad.rows / 2)];
        const x = rect.x + rect.width * ((column + 0.5) / quad.columns - 0.5);
        const y = rect.y - rect.height * ((row + 0.5) / quad.rows - 0.5);
        const to = worldFromPanel(panels[layer]!, x, y);
        expect(pick(rayTo(to), plans, panels)).toEqual({ layer, quad: index, column, row });
      });
    });
  });

  it('finds nothing between the panels, nor behind the camera', () => {
    const between = worldFromPanel(panels[1]!, panels[1]!.width / 2 + 0.1, 0);
    expect(pick(rayTo(between), plans, panels)).toBeNull();
    const { origin, direction } = rayTo(worldFromPanel(panels[0]!, 0, 0));
    const away = { x: -direction.x, y: -direction.y, z: -direction.z };
    expect(pick({ origin, direction: away }, plans, panels)).toBeNull();
  });

  it('names units by their place in the row that the frame keeps', () => {
    const units = plans.find(({ layer }) => layer === 'C5')!.quads[0]!;
    expect(placeInPlane(units, 2, 3)).toEqual({ plane: 0, row: 0, column: 3 * units.columns + 2 });
    const score = plans.find(({ layer }) => layer === 'output')!.quads.filter(({ look }) => look === 'bar')[7]!;
    expect(placeInPlane(score, 0, 0)).toEqual({ plane: 0, row: 0, column: 7 });
    const map = plans.find(({ layer }) => layer === 'C1')!.quads.find(({ section }) => section === 'maps')!;
    expect(placeInPlane(map, 27, 5)).toEqual({ plane: 0, row: 5, column: 27 });
  });

  it('finds the unit again however its row is folded, and draws it where it is found', () => {
    const units = plans.find(({ layer }) => layer === 'C5')!.quads[0]!;
    for (const fold of [units.columns, 7, 24, 120]) {
      for (const unit of [0, 41, 119]) {
        const { row, column } = cellOfUnit(units, 0, unit, fold);
        expect(column).toBeLessThan(fold);
        expect(placeInPlane(units, column, row, fold)).toEqual({ plane: 0, row: 0, column: unit });
      }
    }
  });

  it('names a kernel of a matrix by filter and channel', () => {
    const [matrix] = planKernels(trace(presets.alexnet()), 'conv2', 'conv2')!.quads;
    // Filter 7, channel 3, row 4, column 1 of 5×5.
    expect(placeInPlane(matrix!, 7 * 5 + 1, 3 * 5 + 4)).toEqual({ plane: 3 * 256 + 7, row: 4, column: 1 });
  });
});
