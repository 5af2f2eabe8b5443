import type { BenchView, ColourMapChoice } from '../../shared/bench/experiment.ts';
import type { Plane } from '../../shared/math/plane.ts';
import type { Colours } from './colour-table.ts';

/** Which numbers the colours stand for. */
export type ColourScale = {
  readonly colours: Colours;
  /** The number of the first colour and that of the last; numbers beyond have the same colours. */
  readonly min: number;
  readonly max: number;
  /** Zero is in the middle: min = −max. */
  readonly isSigned: boolean;
  /** Some numbers are beyond. */
  readonly isCutBelow: boolean;
  readonly isCutAbove: boolean;
  /** It serves several maps. */
  readonly isShared: boolean;
};

/** An image's own: 0 is black, 1 is white. */
export const imageScale: ColourScale = {
  colours: 'grey',
  min: 0,
  max: 1,
  isSigned: false,
  isCutBelow: false,
  isCutAbove: false,
  isShared: false,
};

/** Radians, round and round. */
export const directionScale: ColourScale = { ...imageScale, colours: 'direction', min: -Math.PI, max: Math.PI };

/** Few edges are far stronger than all the rest: so large a share of the numbers may be beyond the scale, if that stretches it much. */
const shareBeyond = 0.005;
/** How much. */
const worthwhile = 1.25;
const bins = 2048;
const histogram = new Uint32Array(bins);

type Remembered = { readonly planes: readonly Plane[]; readonly scale: ColourScale };
/** By their first plane. */
const remembered = new WeakMap<Plane, Remembered[]>();

/**
 * One scale for all of these planes: around zero if one of them has negative numbers, else from zero up. The same one for the same planes
 * and colours: who asks again does not look through all numbers again, and need not paint again.
 */
export function scaleFor(planes: readonly Plane[], { colours }: Pick<BenchView, 'colours'>): ColourScale {
  const first = planes[0];
  if (!first) return scaleOf(planes, colours);
  const known = remembered.get(first) ?? [];
  const found = known.find(
    (one) =>
      one.scale.colours === colours &&
      one.planes.length === planes.length &&
      one.planes.every((plane, i) => plane === planes[i]),
  );
  if (found) return found.scale;
  const scale = scaleOf(planes, colours);
  remembered.set(first, [...known, { planes: [...planes], scale }]);
  return scale;
}

function scaleOf(planes: readonly Plane[], colours: ColourMapChoice): ColourScale {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { values } of planes) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const isSigned = colours === 'blue-orange' || min < 0;
  const top = reachOf(planes, Math.max(-min, max));
  // A map that stays far from zero would be one colour on a scale that starts there.
  const bottom = isSigned ? -top : min > top / 2 && min < top ? min : 0;
  return {
    colours,
    min: bottom,
    max: top,
    isSigned,
    isCutBelow: min < bottom,
    isCutAbove: max > top,
    isShared: planes.length > 1,
  };
}

/** A scale for each plane, as the view wants it: one and the same for all, or each its own. */
export function scalesFor(
  planes: readonly Plane[],
  view: Pick<BenchView, 'colours' | 'scale'>,
): readonly ColourScale[] {
  if (view.scale === 'own') return planes.map((plane) => scaleFor([plane], view));
  const scale = scaleFor(planes, view);
  return planes.map(() => scale);
}

/** The size that the strongest colour stands for; `largest` is the largest there is. */
function reachOf(planes: readonly Plane[], largest: number): number {
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return 1;
  histogram.fill(0);
  const scale = bins / largest;
  let count = 0;
  for (const { values } of planes) {
    count += values.length;
    for (let i = 0; i < values.length; i++) histogram[Math.min(bins - 1, Math.abs(values[i]!) * scale) | 0]!++;
  }
  let beyond = 0;
  let bin = bins;
  while (bin > 1 && beyond + histogram[bin - 1]! <= count * shareBeyond) beyond += histogram[--bin]!;
  const reach = (bin / bins) * largest;
  // Where nearly all numbers are zero, the few others are what is to be seen.
  return bin > 1 && reach * worthwhile < largest ? reach : largest;
}
