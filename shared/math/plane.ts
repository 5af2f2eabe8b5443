/** One channel of an image or one feature map: the value at (y, x) sits at `y * width + x`. */
export type Plane = { readonly height: number; readonly width: number; readonly values: Float32Array };

/** Largest, smallest and mean value of a plane. */
export type PlaneSummary = { readonly min: number; readonly max: number; readonly mean: number };

/**
 * A plane that holds `values`, row by row.
 * @throws RangeError if there are not `height * width` of them.
 */
export function plane(height: number, width: number, values: ArrayLike<number>): Plane {
  if (values.length !== height * width) {
    throw new RangeError(`A plane of ${height}×${width} holds ${height * width} values, not ${values.length}`);
  }
  return { height, width, values: Float32Array.from(values) };
}

/**
 * Summed in float64, so that the mean of a large map is exact to the last digit shown.
 * @throws RangeError if the plane is empty.
 */
export function summarise({ values }: Plane): PlaneSummary {
  if (values.length === 0) throw new RangeError('An empty plane has no largest value and no mean');
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  // By index: an iterator takes three times as long, and this is done for every map.
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}

/** A plane of the same size with `change` done to each value. */
export function mapPlane({ height, width, values }: Plane, change: (value: number) => number): Plane {
  return { height, width, values: values.map(change) };
}
