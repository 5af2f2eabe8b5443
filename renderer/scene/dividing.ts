/**
 * The number of columns nearest to `wanted` that leaves no gap in the last row of `count` things; when none is within a
 * factor of 1.7 (a prime count, say), the rounded `wanted`.
 */
export function dividing(count: number, wanted: number): number {
  const rounded = Math.max(1, Math.min(count, Math.round(wanted)));
  let best = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    if (count % columns !== 0) continue;
    if (best === 0 || distance(columns, wanted) < distance(best, wanted)) best = columns;
  }
  return distance(best, wanted) <= Math.log(1.7) ? best : rounded;
}

function distance(columns: number, wanted: number): number {
  return Math.abs(Math.log(columns / wanted));
}
