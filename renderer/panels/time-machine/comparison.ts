import type { Plane } from '../../../shared/math/plane.ts';

/** How far a plane went from one moment to another. */
export type Change = {
  /** Of the numbers' absolute differences. */
  readonly mean: number;
  readonly largest: number;
  /** Euclidean norm of the difference, as a share of that of the first plane; null where that is 0. */
  readonly relative: number | null;
  /** Pearson's correlation between both; null where one of them is the same everywhere. */
  readonly correlation: number | null;
};

/** Number by number, b − a. */
export function differenceOf(a: Plane, b: Plane): Plane {
  return { ...a, values: a.values.map((value, i) => b.values[i]! - value) };
}

/** @throws RangeError for planes of different sizes. */
export function changeBetween(a: Plane, b: Plane): Change {
  const count = a.values.length;
  if (b.values.length !== count)
    throw new RangeError(`Planes of ${count} and ${b.values.length} numbers have no difference`);
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < count; i++) {
    sumA += a.values[i]!;
    sumB += b.values[i]!;
  }
  let [absolute, largest, squares, squaresA] = [0, 0, 0, 0];
  let [varianceA, varianceB, covariance] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [valueA, valueB] = [a.values[i]!, b.values[i]!];
    const size = Math.abs(valueB - valueA);
    absolute += size;
    largest = Math.max(largest, size);
    squares += size ** 2;
    squaresA += valueA ** 2;
    const [fromA, fromB] = [valueA - sumA / count, valueB - sumB / count];
    varianceA += fromA ** 2;
    varianceB += fromB ** 2;
    covariance += fromA * fromB;
  }
  const spread = Math.sqrt(varianceA * varianceB);
  return {
    mean: absolute / count,
    largest,
    relative: squaresA === 0 ? null : Math.sqrt(squares / squaresA),
    correlation: spread === 0 ? null : covariance / spread,
  };
}
