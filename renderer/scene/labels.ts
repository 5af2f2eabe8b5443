import { type Camera, Vector3 } from 'three';
import { worldFromPanel } from './picking.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan } from './plan.ts';

/**
 * Where a name belongs on the picture, in CSS pixels from the canvas's top left.
 *
 * `layer`: the middle of the line that the layer stands on, its text goes below; or the top left of its rows, and its text goes left. `class`: the middle of the gap left for
 * the name of class `index`, between its logit and its score bar.
 */
export type SceneLabel = {
  /** Unique and lasting: `layer:C1`, `class:7`. The input is `layer:` alone. */
  readonly id: string;
  readonly kind: 'layer' | 'class';
  readonly side: Panel['nameAt'];
  /** The frame's name for the layer; the input is `input`. */
  readonly layer: string;
  readonly layerKind: LayerPlan['kind'];
  /** Class number; 0 for a layer. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** CSS pixels that the text may take, more or less. */
  readonly width: number;
  /** Within the canvas and in front of the camera. */
  readonly visible: boolean;
};

export function projectLabels(
  plans: readonly LayerPlan[],
  panels: readonly (Panel | null)[],
  camera: Camera,
  width: number,
  height: number,
): SceneLabel[] {
  const point = new Vector3();
  const project = (panel: Panel, x: number, y: number) => {
    const world = worldFromPanel(panel, x, y);
    point.set(world.x, world.y, world.z).project(camera);
    const visible = Math.abs(point.x) <= 1 && Math.abs(point.y) <= 1 && point.z > -1 && point.z < 1;
    return { x: ((point.x + 1) / 2) * width, y: ((1 - point.y) / 2) * height, visible };
  };
  return panels.flatMap((panel, i): SceneLabel[] => {
    if (!panel) return [];
    const { layer, kind: layerKind } = plans[i]!;
    const labels: SceneLabel[] = [];
    const id = layerKind === 'input' ? 'layer:' : `layer:${layer}`;
    const side = panel.nameAt;
    const named = { id, kind: 'layer' as const, side, layer, layerKind, index: 0 };
    if (side === 'left') {
      labels.push({ ...named, width: 0, ...project(panel, -panel.width / 2, panel.height / 2) });
    } else if (panel.base.width > 0) {
      const { y } = panel.base;
      const breadth = Math.abs(project(panel, panel.width / 2, y).x - project(panel, -panel.width / 2, y).x);
      labels.push({ ...named, width: breadth, ...project(panel, 0, y) });
    }
    panel.classes.forEach(({ x, y }, index) => {
      const from = project(panel, x - 0.15, y);
      const to = project(panel, x + 0.15, y);
      labels.push({
        ...{ id: `class:${index}`, kind: 'class', side: 'below', layer, layerKind, index },
        ...{ width: Math.abs(to.x - from.x), ...project(panel, x, y) },
      });
    });
    return labels;
  });
}
