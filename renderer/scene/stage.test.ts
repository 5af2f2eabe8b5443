import { describe, expect, it } from 'vitest';
import { type PresetId, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import { fieldOfView, fitted } from './fit.ts';
import { cornersOf, marginsFor } from './camera.ts';
import { gridOf, type Rect } from './panel-contents.ts';
import type { Panel } from './placement.ts';
import { planKernels, planNetwork } from './plan.ts';
import { arrange, type Layout, type Sight, Stage } from './stage.ts';

const whole: Sight = { kind: 'network' };
const views = [
  { width: 756, height: 450 },
  { width: 1400, height: 700 },
  { width: 520, height: 360 },
];

function arranged(id: PresetId, layout: Layout, sight: Sight, view = views[0]!) {
  const network = trace(presets[id]());
  let plans = planNetwork(network);
  const of = sight.kind === 'network' ? undefined : plans.find(({ layer }) => layer === sight.layer);
  const isApart = sight.kind === 'layer' && of?.filters === 0 && of.kernelLayer !== null;
  const kernels = isApart ? planKernels(network, of.kernelLayer, of.layer) : null;
  if (kernels) plans = [...plans, kernels];
  return { plans, kernels, ...arrange(plans, kernels, layout, sight, view) };
}

/** The rectangles of all panels in the world, if all are flat. */
function standing(panels: readonly (Panel | null)[]): Rect[] {
  return panels.flatMap((panel) => {
    if (!panel) return [];
    expect(panel.turn).toBe(0);
    return panel.rects
      .filter(({ y }) => y > -1e4)
      .map((rect) => ({ ...rect, x: panel.x + rect.x, y: panel.y + rect.y }));
  });
}

/** The first two that overlap; by squares of a grid, since there are thousands. */
function overlapping(rects: readonly Rect[]): readonly [Rect, Rect] | null {
  const side = 1.5 * rects.reduce((most, { width, height }) => Math.max(most, Math.min(width, height)), 0);
  const squares = new Map<string, Rect[]>();
  for (const rect of rects) {
    const { x, y, width, height } = rect;
    for (let i = Math.floor((x - width / 2) / side); i <= Math.floor((x + width / 2) / side); i += 1) {
      for (let j = Math.floor((y - height / 2) / side); j <= Math.floor((y + height / 2) / side); j += 1) {
        const key = `${i} ${j}`;
        const here = squares.get(key) ?? [];
        squares.set(key, here);
        for (const other of here) {
          const isApart =
            Math.abs(x - other.x) >= (width + other.width) / 2 - 1e-9 ||
            Math.abs(y - other.y) >= (height + other.height) / 2 - 1e-9;
          if (!isApart) return [rect, other];
        }
        here.push(rect);
      }
    }
  }
  return null;
}

/** CSS pixels that a world unit takes on the screen, seen from where the camera comes to rest. */
function pixelsPerUnit(
  panels: readonly (Panel | null)[],
  { width, height }: { width: number; height: number },
): number {
  const radians = (fieldOfView * Math.PI) / 180;
  const corners = cornersOf(panels.filter((panel) => panel !== null));
  const margins = marginsFor(width, height, true);
  const { distance } = fitted(corners, { azimuth: 0, elevation: 0 }, radians, width / height, margins);
  return height / (2 * distance * Math.tan(radians / 2));
}

describe.each(['lenet5-textbook', 'lenet5-1998', 'alexnet', 'residual-20', 'residual-56'] as const)(
  'the contact sheet of %s',
  (id) => {
    it.each(views)('holds every quad, flat and apart from all others ($width × $height)', (view) => {
      const { plans, panels, isFlat } = arranged(id, 'sheet', whole, view);
      expect(isFlat).toBe(true);
      const rects = standing(panels);
      expect(rects).toHaveLength(plans.reduce((sum, { quads }) => sum + quads.length, 0));
      expect(rects.every(({ width, height }) => width > 0 && height > 0)).toBe(true);
      expect(overlapping(rects)).toBeNull();
    });

    it('goes from the input down, layer by layer', () => {
      const { panels, plans } = arranged(id, 'sheet', whole);
      const tops = panels
        .filter((_, i) => plans[i]!.quads.some(({ section }) => section === 'maps'))
        .map((panel) => panel!.y + panel!.height / 2);
      expect(tops).toEqual([...tops].sort((a, b) => b - a));
    });
  },
);

it('the contact sheet of a small network fills the view at about its own size', () => {
  for (const view of views) {
    const scale = pixelsPerUnit(arranged('lenet5-textbook', 'sheet', whole, view).panels, view);
    expect(scale).toBeGreaterThan(70);
    expect(scale).toBeLessThanOrEqual(140);
  }
});

describe('a layer from near by', () => {
  it.each([
    ['lenet5-textbook', 'C3'],
    ['lenet5-textbook', 'C5'],
    ['lenet5-textbook', 'output'],
    ['alexnet', 'conv1'],
    ['alexnet', 'conv3'],
    ['alexnet', 'fc6'],
    ['residual-20', 's3b2'],
  ] as const)('is all of %s’s %s, larger than in the whole, beside the image', (id, layer) => {
    for (const view of views) {
      const { plans, kernels, panels } = arranged(id, 'space', { kind: 'layer', layer }, view);
      const index = plans.findIndex((plan) => plan.layer === layer);
      const shown = panels.flatMap((panel, i) => (panel ? [i] : []));
      expect(shown).toEqual(kernels ? [0, index, plans.length - 1] : [0, index]);
      const rects = standing(panels);
      expect(overlapping(rects)).toBeNull();
      expect(panels[index]!.rects.every(({ y }) => y > -1e4)).toBe(true);
      const cell = (from: readonly (Panel | null)[], of: typeof plans) => {
        const rect = from[index]!.rects[0]!;
        return (pixelsPerUnit(from, view) * rect.width) / gridOf(of[index]!.quads[0]!, rect).columns;
      };
      const overview = arranged(id, 'sheet', whole, view);
      expect(cell(panels, plans)).toBeGreaterThan(cell(overview.panels, overview.plans));
    }
  });

  it('has its kernels with it where they are too many for the whole', () => {
    const { kernels, panels } = arranged('alexnet', 'space', { kind: 'layer', layer: 'conv4' });
    expect(kernels?.quads[0]).toMatchObject({ look: 'matrix', columns: 384 * 3 });
    expect(panels[panels.length - 1]!.rects).toHaveLength(1);
  });
});

describe('a map from near by', () => {
  it('stands alone and large, all others beside it as small pictures', () => {
    const { plans, panels } = arranged('alexnet', 'space', { kind: 'map', layer: 'conv3', map: 17 });
    const index = plans.findIndex(({ layer }) => layer === 'conv3');
    const rects = panels[index]!.rects;
    const others = rects.filter((_, i) => i !== 17).map(({ width }) => width);
    expect(rects[17]!.width).toBeGreaterThan(10 * Math.max(...others));
    expect(others).toHaveLength(383);
    expect(overlapping(standing(panels))).toBeNull();
  });
});

it('a layer that is not drawn leaves the whole in sight', () => {
  const { panels } = arranged('lenet5-textbook', 'space', { kind: 'layer', layer: 'flatten' });
  expect(panels.every((panel) => panel !== null)).toBe(true);
});

describe('the stage', () => {
  const from = arranged('lenet5-textbook', 'space', whole).panels;
  const to = arranged('lenet5-textbook', 'space', { kind: 'layer', layer: 'C3' }).panels;

  it('moves panels from where they are to where they belong, and then stands', () => {
    const stage = new Stage();
    stage.arrange(from, 0, false);
    expect(stage.isMoving(0)).toBe(false);
    stage.arrange(to, 1000, true);
    expect(stage.at(1000).map(({ panel }) => panel?.x)).toEqual(from.map((panel) => panel?.x));
    const half = stage.at(1210)[3]!;
    expect(half.panel!.turn).toBeGreaterThan(0);
    expect(half.panel!.turn).toBeLessThan(from[3]!.turn);
    expect(half.presence).toBe(1);
    expect(stage.isMoving(1210)).toBe(true);
    expect(stage.isMoving(1420)).toBe(false);
    expect(stage.at(1420).map(({ panel }) => panel)).toEqual(to);
  });

  it('lets what goes away fade where it stands', () => {
    const stage = new Stage();
    stage.arrange(from, 0, false);
    stage.arrange(to, 0, true);
    const gone = stage.at(100)[1]!;
    expect(gone.panel).toBe(from[1]);
    expect(gone.presence).toBeGreaterThan(0);
    expect(gone.presence).toBeLessThan(1);
    expect(stage.at(300)[1]!.presence).toBe(0);
  });

  it('turns back on the way without a jump', () => {
    const stage = new Stage();
    stage.arrange(from, 0, false);
    stage.arrange(to, 0, true);
    const before = stage.at(200)[3]!.panel!;
    stage.arrange(from, 200, true);
    expect(stage.at(200)[3]!.panel!.x).toBeCloseTo(before.x);
    expect(stage.at(200)[3]!.panel!.turn).toBeCloseTo(before.turn);
  });

  it('jumps where motion is not wanted', () => {
    const stage = new Stage();
    stage.arrange(from, 0, false);
    stage.arrange(to, 0, false);
    expect(stage.at(0).map(({ panel }) => panel)).toEqual(to);
  });
});
