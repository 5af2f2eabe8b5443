import type { BenchResult } from '../../shared/bench/compute.ts';
import type { BenchView } from '../../shared/bench/experiment.ts';
import type { PlaneSummary } from '../../shared/math/plane.ts';
import { type ColourScale, scaleFor, scalesFor } from './colour-scale.ts';

/** The scales of all that the bench shows: the same on the screen and in a figure. */
export type BenchScales = {
  /** One a kernel. */
  readonly maps: readonly ColourScale[];
  readonly magnitude: ColourScale | null;
  readonly pooledFrom: ColourScale | null;
  /** Of both pooled maps, always the same: they are there to be compared. */
  readonly pooled: ColourScale | null;
  /** Of left − right: around zero, as far as the pooled maps reach, so that it can be held against them. */
  readonly difference: ColourScale | null;
};

export function benchScales(
  { maps, gradient, left, right, difference }: BenchResult,
  chosen: number,
  view: Pick<BenchView, 'colours' | 'scale'>,
): BenchScales {
  const ofMaps = scalesFor(
    maps.map(({ plane }) => plane),
    view,
  );
  const pooled = left && right ? scaleFor([left.plane, right.plane], view) : null;
  const magnitude = gradient && scaleFor([gradient.magnitude.plane], view);
  return {
    maps: ofMaps,
    magnitude,
    pooledFrom: magnitude ?? ofMaps[chosen] ?? null,
    pooled,
    difference: pooled && difference && aroundZero(pooled, difference.summary),
  };
}

function aroundZero(scale: ColourScale, { min, max }: PlaneSummary): ColourScale {
  const reach = Math.max(-scale.min, scale.max);
  return {
    ...scale,
    colours: 'blue-orange',
    isSigned: true,
    min: -reach,
    max: reach,
    isCutBelow: min < -reach,
    isCutAbove: max > reach,
  };
}
