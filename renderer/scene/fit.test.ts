import { describe, expect, it } from 'vitest';
import { axesOf, dot, fitted, type Point } from './fit.ts';

const box: Point[] = [-3, 3].flatMap((x) => [-1, 1].flatMap((y) => [-0.5, 0.5].map((z) => ({ x, y, z }))));
const stance = { azimuth: 0.3, elevation: 0.2 };
const [angle, aspect] = [0.5, 1.8];

/** Where the points come to lie: −1 … 1 across the view. */
function projected(points: readonly Point[], position: Point): { x: number; y: number }[] {
  const { right, up, back } = axesOf(stance);
  return points.map((point) => {
    const away = { x: point.x - position.x, y: point.y - position.y, z: point.z - position.z };
    const depth = -dot(away, back) * Math.tan(angle / 2);
    return { x: dot(away, right) / depth / aspect, y: dot(away, up) / depth };
  });
}

describe('fitting', () => {
  it('fills the view exactly up to the margins of the tighter axis', () => {
    const margins = { left: 0.1, right: 0.05, top: 0.1, bottom: 0.2 };
    const { position } = fitted(box, stance, angle, aspect, margins);
    const seen = projected(box, position);
    expect(Math.min(...seen.map(({ x }) => x))).toBeCloseTo(-0.8);
    expect(Math.max(...seen.map(({ x }) => x))).toBeCloseTo(0.9);
    expect(Math.min(...seen.map(({ y }) => y))).toBeGreaterThanOrEqual(-0.6);
    expect(Math.max(...seen.map(({ y }) => y))).toBeLessThanOrEqual(0.8);
  });

  it('looks at its target from the distance that it states', () => {
    const { position, target, distance } = fitted(box, stance, angle, aspect, { left: 0, right: 0, top: 0, bottom: 0 });
    expect(Math.hypot(position.x - target.x, position.y - target.y, position.z - target.z)).toBeCloseTo(distance);
  });
});
