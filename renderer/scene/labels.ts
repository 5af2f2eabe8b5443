import { type Camera, Vector3 } from 'three';
import { worldFromPanel } from './picking.ts';
import type { Panel } from './placement.ts';
import type { LayerPlan } from './plan.ts';

/**
 * Where a name belongs on the picture, in CSS pixels from the canvas's top left.
 *
 * `layer`: the middle of the line that the layer stands on; its text goes below. `class`: the middle of the gap left for
 * the name of class `index`, between its logit and its score bar.
 */
export type SceneLabel = {
  /** Unique and lasting: `layer:C1`, `class:7`. The input is `layer:` alone. */
  readonly id: string;
  readonly kind: 'layer' | 'class';
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
  panels: readonly Panel[],
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
  return panels.flatMap((panel, i) => {
    const { layer, kind: layerKind } = plans[i]!;
    const middle = project(panel, 0, panel.base.y);
    const breadth = Math.abs(
      project(panel, panel.width / 2, panel.base.y).x - project(panel, -panel.width / 2, panel.base.y).x,
    );
    const id = layerKind === 'input' ? 'layer:' : `layer:${layer}`;
    const labels: SceneLabel[] = [{ id, kind: 'layer', layer, layerKind, index: 0, width: breadth, ...middle }];
    panel.classes.forEach(({ x, y }, index) => {
      const from = project(panel, x - 0.15, y);
      const to = project(panel, x + 0.15, y);
      const size = Math.abs(to.x - from.x);
      labels.push({
        id: `class:${index}`,
        kind: 'class',
        layer,
        layerKind,
        index,
        width: size,
        ...project(panel, x, y),
      });
    });
    return labels;
  });
}
