/**
 * The gradient of `loss` at `point` by central differences: exact to about ten digits for a smooth loss in float64.
 *
 * Ours is the independent witness of hand-written gradients: it needs the forward formula only. Not for ReLU or largest values, whose
 * corners a difference may straddle.
 */
export function gradientByDifferences(loss: (point: Float64Array) => number, point: Float64Array): Float64Array {
  const step = 1e-5;
  const moved = point.slice();
  return point.map((value, index) => {
    const lossAt = (there: number): number => {
      moved[index] = there;
      return loss(moved);
    };
    const slope = (lossAt(value + step) - lossAt(value - step)) / (2 * step);
    moved[index] = value;
    return slope;
  });
}
