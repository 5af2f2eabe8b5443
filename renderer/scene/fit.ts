/** A place or a direction in the scene. */
export type Point = { readonly x: number; readonly y: number; readonly z: number };

/** A long lens: nearly parallel lines, so that equal maps look equal. Degrees, vertically. */
export const fieldOfView = 20;

/** Radians: where the camera stands, seen from what it looks at. `azimuth` 0 is in front, `elevation` 0 level. */
export type Stance = { readonly azimuth: number; readonly elevation: number };

/** Free room at each side, as a share of the view's width or height. */
export type Margins = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

export type Fit = { readonly position: Point; readonly target: Point; readonly distance: number };

/** Right, up and back (towards the viewer) of a camera at this stance. */
export function axesOf({ azimuth, elevation }: Stance): { right: Point; up: Point; back: Point } {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  return {
    right: { x: ca, y: 0, z: -sa },
    up: { x: -sa * se, y: ce, z: -ca * se },
    back: { x: sa * ce, y: se, z: ca * ce },
  };
}

/**
 * The nearest camera that sees all `points` within the margins: exact, since along each axis the points' own frustum
 * lines bound it from both sides. `verticalFieldOfView` in radians.
 */
export function fitted(
  points: readonly Point[],
  stance: Stance,
  verticalFieldOfView: number,
  aspect: number,
  margins: Margins,
): Fit {
  const { right, up, back } = axesOf(stance);
  const tangent = Math.tan(verticalFieldOfView / 2);
  const horizontal = alongAxis(points, right, back, tangent * aspect, margins.left, margins.right);
  const vertical = alongAxis(points, up, back, tangent, margins.bottom, margins.top);
  const distance = Math.max(horizontal.distance, vertical.distance);
  const [x, y] = [horizontal.centre(distance), vertical.centre(distance)];
  const at = (d: number): Point => ({
    x: right.x * x + up.x * y + back.x * d,
    y: right.y * x + up.y * y + back.y * d,
    z: right.z * x + up.z * y + back.z * d,
  });
  return { position: at(distance), target: at(0), distance };
}

function alongAxis(points: readonly Point[], axis: Point, back: Point, tangent: number, before: number, after: number) {
  const low = tangent * (1 - 2 * before);
  const high = tangent * (1 - 2 * after);
  let [lowest, highest] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of points) {
    const [a, b] = [dot(point, axis), dot(point, back)];
    lowest = Math.max(lowest, -a + b * low);
    highest = Math.max(highest, a + b * high);
  }
  return {
    distance: (lowest + highest) / (low + high),
    centre: (distance: number) => (highest - distance * high + (distance * low - lowest)) / 2,
  };
}

export function dot(a: Point, b: Point): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
