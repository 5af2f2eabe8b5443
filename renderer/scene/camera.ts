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
/** Room in CSS pixels for what stands over the view, and for names below: those of a flat arrangement stand within it. */
const room = { left: 22, right: 22, top: 46, bottom: 58 };
const flatRoom = { ...room, bottom: 20 };

/** Free room for labels as shares of a view of `width × height` CSS pixels. */
export function marginsFor(width: number, height: number, isFlat = false): Margins {
  const { left, right, top, bottom } = isFlat ? flatRoom : room;
  return {
    left: Math.min(0.2, left / width),
    right: Math.min(0.2, right / width),
    top: Math.min(0.2, top / height),
    bottom: Math.min(0.25, bottom / height),
  };
}

/** Width over height of what the margins leave. */
export function freeAspect(width: number, height: number): number {
  const { left, right, top, bottom } = marginsFor(width, height);
  return (width * (1 - left - right)) / (height * (1 - top - bottom));
}

/** World units that a name takes left of its rows. */
const nameWidth = 0.92;

/** The corners that must be in the picture. */
export function cornersOf(panels: readonly Panel[]): Point[] {
  return panels.flatMap((panel) =>
    [-panel.width / 2 - (panel.nameAt === 'left' ? nameWidth : 0), panel.width / 2].flatMap((x) =>
      [Math.min(-panel.height / 2, isStanding(panel) ? panel.base.y : 0), panel.height / 2].map((y) =>
        worldFromPanel(panel, x, y),
      ),
    ),
  );
}

/** Whether it stands on a line that is to be seen. */
function isStanding({ base }: Panel): boolean {
  return base.width > 0;
}

/** How the camera comes to where it belongs: at once; gliding; or only if the user has not moved it away. */
export type Arrival = 'jump' | 'glide' | 'unless-moved';

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

  /** Fits the panels into a view of this many CSS pixels. `isFlat`: they are seen from the front only, and dragging moves over them. */
  frame(
    panels: readonly Panel[],
    { stance, isFlat }: { readonly stance: Stance; readonly isFlat: boolean },
    width: number,
    height: number,
    arrival: Arrival,
  ): void {
    if (panels.length === 0) return;
    this.camera.aspect = width / height;
    const corners = cornersOf(panels);
    const radians = (fieldOfView * Math.PI) / 180;
    const { position, target, distance } = fitted(
      corners,
      stance,
      radians,
      this.camera.aspect,
      marginsFor(width, height, isFlat),
    );
    this.#isFlat = isFlat;
    const controls = this.#controls;
    const { ROTATE, TRUCK, TOUCH_ROTATE, TOUCH_TRUCK } = CameraControls.ACTION;
    controls.mouseButtons.left = isFlat ? TRUCK : ROTATE;
    controls.touches.one = isFlat ? TOUCH_TRUCK : TOUCH_ROTATE;
    controls.minDistance = distance * (isFlat ? 0.03 : 0.08);
    controls.maxDistance = distance * 1.6;
    this.camera.near = distance * 0.01;
    this.camera.far = distance * 6;
    this.camera.updateProjectionMatrix();
    this.#home = { position, target };
    if (arrival !== 'unless-moved' || this.#atRest) {
      const isSmooth = arrival === 'glide' && this.#smooth;
      this.#go(isSmooth);
      this.#atRest = true;
      if (!isSmooth) controls.update(0);
    }
    controls.setBoundary(new Box3().setFromPoints(corners.map(({ x, y, z }) => new Vector3(x, y, z))));
  }

  #isFlat = false;
  #home: { position: Point; target: Point } | null = null;

  reset(): void {
    this.#go(this.#smooth);
    this.#atRest = true;
    this.#moved();
  }

  /** Radians. */
  orbit(azimuth: number, polar: number): void {
    if (this.#isFlat) return;
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
    const controls = this.#controls;
    let moves = controls.update(seconds);
    if (moves && this.#isAsGoodAsThere()) {
      // The last thousandth would take as long as all the rest, and nobody sees it.
      const [p, t] = [controls.getPosition(new Vector3(), true), controls.getTarget(new Vector3(), true)];
      void controls.setLookAt(p.x, p.y, p.z, t.x, t.y, t.z, false);
      controls.update(0);
      moves = false;
    }
    this.camera.updateMatrixWorld();
    return moves;
  }

  /** Within a fraction of a pixel of where it is going, of which a view has hundreds. */
  #isAsGoodAsThere(): boolean {
    const controls = this.#controls;
    const position = controls.getPosition(new Vector3(), true);
    const target = controls.getTarget(new Vector3(), true);
    const left =
      position.distanceTo(this.camera.position) + target.distanceTo(controls.getTarget(new Vector3(), false));
    return left < 3e-4 * controls.distance;
  }

  /** World units that a CSS pixel of a view this high covers at a point. */
  unitsPerPixel({ x, y, z }: Point, height: number): number {
    const away = new Vector3(x, y, z).sub(this.camera.position);
    const depth = away.dot(this.camera.getWorldDirection(new Vector3()));
    return (2 * depth * Math.tan((fieldOfView * Math.PI) / 360)) / height;
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
