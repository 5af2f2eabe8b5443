import type { Axis } from './axis.ts';

/** Points of one curve, x and y columns. */
export type Curve = { readonly steps: readonly number[]; readonly values: readonly number[] };

/** Where it is drawn, in CSS pixels. */
export type Band = { readonly top: number; readonly height: number };

/** Room on both sides of the axis: a mark at its end is whole. */
export const sideRoom = 10;

/** The x of a step, in CSS pixels. */
export function xOf(axis: Axis, step: number, width: number): number {
  return sideRoom + axis.at(step) * (width - 2 * sideRoom);
}

/** The share of the axis at x, which may be beyond its ends. */
export function shareAt(x: number, width: number): number {
  return (x - sideRoom) / Math.max(1, width - 2 * sideRoom);
}

/** A line through a curve's points, and a dot a point where they are few. @param range of the values, bottom and top. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  curve: Curve,
  place: {
    readonly axis: Axis;
    readonly width: number;
    readonly band: Band;
    readonly range: readonly [number, number];
  },
  { colour, dots }: { readonly colour: string; readonly dots: boolean },
): void {
  const { axis, width, band, range } = place;
  const [bottom, top] = range;
  const points = curve.steps.flatMap((step, i) => {
    const value = curve.values[i]!;
    if (!Number.isFinite(value)) return [];
    const share = Math.max(0, Math.min(1, (value - bottom) / (top - bottom || 1)));
    return [[xOf(axis, step, width), band.top + band.height * (1 - share)] as const];
  });
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
  if (!dots) return;
  for (const [x, y] of points) {
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Brings a canvas to the screen's own pixels and gives its context, one unit a CSS pixel, cleared. */
export function freshContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D | null {
  const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
