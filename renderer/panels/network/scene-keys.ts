import type { NetworkScene } from '../../scene/index.ts';

const turnRadians = 0.12;
const zoomFactor = 1.15;

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey'>;

/**
 * The network view by keyboard: arrows walk over maps (← →) and layers (↑ ↓), Shift and arrows turn the view.
 * @returns whether the key meant something.
 */
export function operateScene(scene: NetworkScene, event: Key): boolean {
  const act = event.shiftKey ? (turns[event.key] ?? keys[event.key]) : keys[event.key];
  act?.(scene);
  return act !== undefined;
}

/** What an arrow moves by within a map; null for other keys. */
export function cellStep({ key, shiftKey }: Key): { rows: number; columns: number } | null {
  return shiftKey ? null : (cellSteps[key] ?? null);
}

type Act = (scene: NetworkScene) => void;

const keys: Record<string, Act> = {
  ArrowRight: (scene) => scene.walk('next'),
  ArrowLeft: (scene) => scene.walk('previous'),
  ArrowDown: (scene) => scene.walk('next-layer'),
  ArrowUp: (scene) => scene.walk('previous-layer'),
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

const cellSteps: Record<string, { rows: number; columns: number }> = {
  ArrowRight: { rows: 0, columns: 1 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowUp: { rows: -1, columns: 0 },
};
