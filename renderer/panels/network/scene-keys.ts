import type { NetworkScene } from '../../scene/index.ts';

const turnRadians = 0.12;
const zoomFactor = 1.15;

/**
 * The network view by keyboard: arrows walk over maps (← →) and layers (↑ ↓), Shift and arrows turn the view.
 * @returns whether the key meant something.
 */
export function operateScene(scene: NetworkScene, event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean {
  const act = event.shiftKey ? (turns[event.key] ?? keys[event.key]) : keys[event.key];
  act?.(scene);
  return act !== undefined;
}

type Act = (scene: NetworkScene) => void;

const keys: Record<string, Act> = {
  ArrowRight: (scene) => scene.focusNext(),
  ArrowLeft: (scene) => scene.focusPrevious(),
  ArrowDown: (scene) => scene.focusNextLayer(),
  ArrowUp: (scene) => scene.focusPreviousLayer(),
  Escape: (scene) => scene.highlight(null),
  Home: (scene) => scene.resetView(),
  '+': (scene) => scene.zoom(zoomFactor),
  '=': (scene) => scene.zoom(zoomFactor),
  '-': (scene) => scene.zoom(1 / zoomFactor),
};

const turns: Record<string, Act> = {
  ArrowRight: (scene) => scene.orbit(turnRadians, 0),
  ArrowLeft: (scene) => scene.orbit(-turnRadians, 0),
  ArrowDown: (scene) => scene.orbit(0, turnRadians),
  ArrowUp: (scene) => scene.orbit(0, -turnRadians),
};
