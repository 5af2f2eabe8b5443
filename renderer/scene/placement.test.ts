import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { lenet5Textbook, type PresetId, presets } from '../../shared/network/presets/index.ts';
import { trace } from '../../shared/network/shapes.ts';
import type { NetworkSpec } from '../../shared/network/spec.ts';
import { cornersOf, freeAspect, marginsFor, restStance } from './camera.ts';
import { fieldOfView, fitted } from './fit.ts';
import { worldFromPanel } from './picking.ts';
import type { Rect } from './panel-contents.ts';
import { type Panel, placeNetwork } from './placement.ts';
import { planNetwork } from './plan.ts';

const wide = (name: string, filters: number, size: number, stride = 1) =>
  ({ kind: 'conv', name, filters, size, stride, padding: 'same', activation: 'relu' }) as const;
const large: NetworkSpec = {
  ...lenet5Textbook(),
  input: [224, 224, 3],
  layers: [
    wide('conv1', 96, 11, 4),
    { kind: 'pool', name: 'pool1', method: 'max', size: 3, stride: 2 },
    wide('conv2', 256, 5),
    wide('conv3', 384, 3),
    wide('conv4', 7, 3),
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'fc6', units: 4096, activation: 'relu' },
    { kind: 'dense', name: 'fc8', units: 1000, activation: 'none' },
  ],
};
const dense: NetworkSpec = {
  ...lenet5Textbook(),
  layers: [
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'output', units: 10, activation: 'none' },
  ],
};

describe.each([
  ['LeNet-5', lenet5Textbook()],
  ['LeNet-5 as published', presets['lenet5-1998']()],
  ['AlexNet', presets.alexnet()],
  ['a residual net', presets['residual-20']()],
  ['a residual net of 110 layers', presets['residual-110']()],
  ['a network of hundreds of maps a layer', large],
  ['a network without maps', dense],
])('the placement of %s', (_, spec) => {
  const plans = planNetwork(trace(spec));
  const views = [
    { width: 880, height: 480 },
    { width: 1400, height: 700 },
    { width: 500, height: 600 },
  ];

  it('gives every quad a place of its own', () => {
    for (const { width, height } of views) {
      placeNetwork(plans, freeAspect(width, height)).forEach((panel, i) => {
        expect(panel.rects).toHaveLength(plans[i]!.quads.length);
        expect(overlapping(panel.rects)).toBeNull();
      });
    }
  });

  it('keeps every quad within its panel', () => {
    for (const panel of placeNetwork(plans, 1.8)) {
      for (const { x, y, width, height } of panel.rects) {
        expect(width).toBeGreaterThan(0);
        expect(height).toBeGreaterThan(0);
        expect(Math.abs(x) + width / 2).toBeLessThanOrEqual(panel.width / 2 + 1e-6);
        expect(Math.abs(y) + height / 2).toBeLessThanOrEqual(panel.height / 2 + 1e-6);
      }
    }
  });

  it('is the same each time', () => {
    expect(placeNetwork(plans, 1.8)).toEqual(placeNetwork(plans, 1.8));
  });

  it('is wholly seen by the resting camera, and no panel hides another', () => {
    for (const { width, height } of views) {
      const panels = placeNetwork(plans, freeAspect(width, height));
      const camera = restingCamera(panels, width, height);
      let rightmost = -1;
      let line = { y: panels[0]!.y, lowest: 1 };
      let above = 1;
      for (const panel of panels) {
        const edges = panel.rects.flatMap((rect) =>
          [-0.5, 0.5].flatMap((side) =>
            [-0.5, 0.5].map((end) => {
              const at = worldFromPanel(panel, rect.x + side * rect.width, rect.y + end * rect.height);
              return new Vector3(at.x, at.y, at.z).project(camera);
            }),
          ),
        );
        const [xs, ys] = [edges.map(({ x }) => x), edges.map(({ y }) => y)];
        const [left, right, lowest, highest] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        expect(Math.max(-left, right, -lowest, highest)).toBeLessThan(1);
        // A new line is wholly below the one before.
        if (panel.y !== line.y) {
          above = line.lowest;
          line = { y: panel.y, lowest: 1 };
          rightmost = -1;
        }
        expect(highest).toBeLessThanOrEqual(above);
        line.lowest = Math.min(line.lowest, lowest);
        // To a CSS pixel: a high panel leans over a low one's edge by a hair, above it.
        expect(left).toBeGreaterThan(rightmost - 2 / width);
        rightmost = right;
      }
    }
  });
});

it('only a long network is laid in lines, which makes its maps larger', () => {
  const linesOf = (id: PresetId, aspect = 1.8) => {
    const panels = placeNetwork(planNetwork(trace(presets[id]())), aspect);
    return new Set(panels.map(({ y }) => y)).size;
  };
  expect(['lecun1989', 'lenet5-textbook', 'alexnet', 'alexnet-cifar'].map((id) => linesOf(id as PresetId))).toEqual([
    1, 1, 1, 1,
  ]);
  expect(linesOf('residual-20')).toBe(2);
  expect(linesOf('residual-110')).toBeGreaterThan(linesOf('residual-20'));
  // Where there is more than enough width, one line is as good.
  expect(linesOf('residual-20', 8)).toBe(1);
});

it('a pooling layer repeats the arrangement of the maps that it pools', () => {
  const plans = planNetwork(trace(lenet5Textbook()));
  const panels = placeNetwork(plans, 1.8);
  const columns = (layer: string) => {
    const i = plans.findIndex((plan) => plan.layer === layer);
    const maps = panels[i]!.rects.filter((_, quad) => plans[i]!.quads[quad]!.section === 'maps');
    return new Set(maps.map(({ x }) => x.toFixed(6))).size;
  };
  expect(columns('S2')).toBe(columns('C1'));
  expect(columns('S4')).toBe(columns('C3'));
});

function restingCamera(panels: readonly Panel[], width: number, height: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(fieldOfView, width / height, 0.1, 10_000);
  const radians = (fieldOfView * Math.PI) / 180;
  const margins = marginsFor(width, height);
  const { position, target } = fitted(cornersOf(panels), restStance, radians, width / height, margins);
  camera.position.set(position.x, position.y, position.z);
  camera.lookAt(target.x, target.y, target.z);
  camera.updateMatrixWorld();
  return camera;
}

/** The first two that overlap; by columns of x, since there are thousands. */
function overlapping(rects: readonly Rect[]): readonly [Rect, Rect] | null {
  const sorted = [...rects].sort((a, b) => a.x - a.width / 2 - (b.x - b.width / 2));
  for (const [i, a] of sorted.entries()) {
    for (let j = i + 1; j < sorted.length; j += 1) {
      const b = sorted[j]!;
      if (b.x - b.width / 2 >= a.x + a.width / 2 - 1e-9) break;
      if (Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 1e-9) return [a, b];
    }
  }
  return null;
}
