import type { Plane, PlaneSummary } from './plane.ts';

/**
 * Kept energy: the mean square of a pooled map ÷ that of the map it came from; 0 where that is all 0.
 *
 * From 0 up. At most 1 for the average (a mean's square is at most the mean of squares) where windows lie side by side and leave no rest, and
 * just 1 for L2; max may have more than 1, at most size².
 */
export function keptEnergy(map: Plane, pooled: Plane): number {
  const before = meanSquare(map);
  return before === 0 ? 0 : meanSquare(pooled) / before;
}

/**
 * Edge contrast: how far the strongest number of a pooled map stands above its mean ÷ the same of the map it came from; 0 where that is
 * flat.
 *
 * From 0 up; 1: edges stand out as much as before. Max keeps the strongest number and raises the mean, the average lowers the strongest and keeps
 * the mean: both have 1 at most where windows side by side leave no rest.
 */
export function keptContrast(map: PlaneSummary, pooled: PlaneSummary): number {
  const before = map.max - map.mean;
  return before === 0 ? 0 : (pooled.max - pooled.mean) / before;
}

/**
 * How much a map of the same size differs: ‖after − before‖ ÷ ‖before‖, with ‖·‖ the root of the sum of squares.
 *
 * 0: not at all; √2: as much as unrelated maps of equal strength and mean 0 do; above 2 only if `after` is the stronger one. Where `before` is
 * all 0: 0 if `after` is too, else 1.
 */
export function relativeChange(before: Plane, after: Plane): number {
  const [a, b] = [before.values, after.values];
  let change = 0;
  let all = 0;
  for (let i = 0; i < a.length; i++) {
    change += (b[i]! - a[i]!) ** 2;
    all += a[i]! ** 2;
  }
  if (all === 0) return change === 0 ? 0 : 1;
  return Math.sqrt(change / all);
}

function meanSquare({ values }: Plane): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return values.length === 0 ? 0 : sum / values.length;
}
