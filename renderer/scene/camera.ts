import CameraControls from 'camera-controls';
import {
  Box3,
  Matrix4,
  PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import { fieldOfView, fitted, type Margins, type Point, type Stance } from './fit.ts';
import { worldFromPanel } from './picking.ts';
import type { Panel } from './placement.ts';

/** Names only what camera-controls uses, so that the rest of three can be shaken off. */
const usedByControls = { Box3, Matrix4, Quaternion, Raycaster, Sphere, Spherical, Vector2, Vector3, Vector4 };

/** A little from above. */
export const restStance: Stance = { azimuth: 0, elevation: 0.06 };
/** Room in CSS pixels for names above and below. */
const room = { left: 22, right: 22, top: 28, bottom: 58 };

/** Free room for labels as shares of a view of `width × height` CSS pixels. */
export function marginsFor(width: number, height: number): Margins {
  return {
    left: Math.min(0.2, room.left / width),
    right: Math.min(0.2, room.right / width),
    top: Math.min(0.2, room.top / height),
    bottom: Math.min(0.25, room.bottom / height),
  };
}

/** Width over height of what the margins leave. */
export function freeAspect(width: number, height: number): number {
  const { left, right, top, bottom } = marginsFor(width, height);
  return (width * (1 - left - right)) / (height * (1 - top - bottom));
}

/** The corners that must be in the picture. */
export function cornersOf(panels: readonly Panel[]): Point[] {
  return panels.flatMap((panel) =>
    [-0.5, 0.5].flatMap((side) =>
      [panel.base.y, panel.height / 2].map((y) => worldFromPanel(panel, side * panel.width, y)),
    ),
  );
}

/** The camera, moved by pointer, wheel, touch or by calls; limits keep the network in sight. */
export class SceneCamera {
  readonly camera = new PerspectiveCamera(fieldOfView, 1, 0.1, 1000);
  readonly #controls: CameraControls;
  #smooth = true;
  #atRest = true;

  /** `moved` is called when the camera wants to move; draw, and call `update` before each draw. */
  constructor(canvas: HTMLCanvasElement, moved: () => void) {
    CameraControls.install({ THREE: usedByControls });
    const controls = new CameraControls(this.camera, canvas);
    controls.smoothTime = 0.18;
    controls.draggingSmoothTime = 0.06;
    controls.restThreshold = 0.002;
    controls.dollyToCursor = true;
    // Panels are turned: from further left they would be seen edge-on.
    controls.minAzimuthAngle = -0.7;
    controls.maxAzimuthAngle = 1.2;
    controls.minPolarAngle = Math.PI / 2 - 0.9;
    controls.maxPolarAngle = Math.PI / 2 + 0.35;
    controls.addEventListener('control', () => {
      this.#atRest = false;
      moved();
    });
    this.#controls = controls;
    this.#moved = moved;
  }
  readonly #moved: () => void;

  /** Fits the panels into a view of this many CSS pixels; goes there when the user has not moved away or `reset` is set. */
  frame(panels: readonly Panel[], width: number, height: number, reset: boolean): void {
    if (panels.length === 0) return;
    this.camera.aspect = width / height;
    const corners = cornersOf(panels);
    const radians = (fieldOfView * Math.PI) / 180;
    const { position, target, distance } = fitted(
      corners,
      restStance,
      radians,
      this.camera.aspect,
      marginsFor(width, height),
    );
    const controls = this.#controls;
    controls.minDistance = distance * 0.08;
    controls.maxDistance = distance * 1.6;
    this.camera.near = distance * 0.02;
    this.camera.far = distance * 4;
    this.camera.updateProjectionMatrix();
    controls.setBoundary(new Box3().setFromPoints(corners.map(({ x, y, z }) => new Vector3(x, y, z))));
    this.#home = { position, target };
    if (reset || this.#atRest) {
      this.#go(false);
      controls.update(0);
    }
  }
  #home: { position: Point; target: Point } | null = null;

  reset(): void {
    this.#go(this.#smooth);
    this.#atRest = true;
    this.#moved();
  }

  /** Radians. */
  orbit(azimuth: number, polar: number): void {
    void this.#controls.rotate(azimuth, polar, this.#smooth);
    this.#leave();
  }

  /** `factor` above 1 comes nearer. */
  zoom(factor: number): void {
    void this.#controls.dollyTo(this.#controls.distance / factor, this.#smooth);
    this.#leave();
  }

  set smooth(value: boolean) {
    this.#smooth = value;
    this.#controls.smoothTime = value ? 0.18 : 0;
    this.#controls.draggingSmoothTime = value ? 0.06 : 0;
  }

  /** Moves on by `seconds`; answers whether it still moves. */
  update(seconds: number): boolean {
    const moved = this.#controls.update(seconds);
    this.camera.updateMatrixWorld();
    return moved;
  }

  /** From normalised device coordinates (−1 … 1, y up). */
  ray(x: number, y: number): { origin: Point; direction: Point } {
    const direction = new Vector3(x, y, 0.5).unproject(this.camera).sub(this.camera.position).normalize();
    return { origin: this.camera.position, direction };
  }

  dispose(): void {
    this.#controls.dispose();
  }

  #leave(): void {
    this.#atRest = false;
    this.#moved();
  }

  #go(smoothly: boolean): void {
    if (!this.#home) return;
    const { position: p, target: t } = this.#home;
    void this.#controls.setLookAt(p.x, p.y, p.z, t.x, t.y, t.z, smoothly);
  }
}
