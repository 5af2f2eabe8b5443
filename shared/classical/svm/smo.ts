/** A support vector machine of two classes: its decision for x is Σ coefficientᵢ K(xᵢ, x) + bias, the first class above zero. */
export type TwoClassMachine = {
  /** yᵢ αᵢ, an image each; zero for all that are no support vectors. */
  readonly coefficients: Float64Array;
  readonly bias: number;
};

export type SmoOptions = {
  readonly c: number;
  /** By how much the conditions of an optimum may be broken, as in LIBSVM. */
  readonly tolerance?: number;
};

/** Stands for a curvature that is not above zero. */
const leastCurvature = 1e-12;
/** Iterations between two yields. */
const slice = 1000;

/**
 * Trains a C-SVM of two classes: α that makes ½ αᵀQα − Σα least, Qᵢⱼ = yᵢ yⱼ Kᵢⱼ, 0 ≤ α ≤ C, Σ yα = 0. Sequential minimal optimisation, two numbers
 * at a time, chosen by second-order information (Fan, Chen and Lin, 2005, “Working set selection using second order information”): LIBSVM’s
 * method without its shrinking and cache, for the whole kernel is given.
 *
 * @param kernel n × n, row by row.
 * @param firstCount how many images are of the first class: they stand before the others.
 */
export function* trainTwoClasses(
  kernel: Float32Array,
  count: number,
  firstCount: number,
  { c, tolerance = 1e-3 }: SmoOptions,
): Generator<void, TwoClassMachine> {
  const alphas = new Float64Array(count);
  // Without images of the one class there is nothing to tell apart: it is always the other.
  if (firstCount === 0 || firstCount === count) return { coefficients: alphas, bias: firstCount === 0 ? -1 : 1 };
  const signs = Int8Array.from({ length: count }, (_, i) => (i < firstCount ? 1 : -1));
  const gradient = new Float64Array(count).fill(-1);
  // LIBSVM's own bound: it ends long before, or never.
  const mostIterations = Math.max(10_000_000, 100 * count);
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    if (iteration % slice === 0) yield;
    let i = -1;
    let most = -Infinity;
    for (let t = 0; t < count; t++) {
      const value = -signs[t]! * gradient[t]!;
      if (value > most && (signs[t] === 1 ? alphas[t]! < c : alphas[t]! > 0)) [most, i] = [value, t];
    }
    let j = -1;
    let gain = 0;
    let least = Infinity;
    for (let t = 0; t < count; t++) {
      if (signs[t] === 1 ? alphas[t]! <= 0 : alphas[t]! >= c) continue;
      const value = -signs[t]! * gradient[t]!;
      least = Math.min(least, value);
      const violation = most - value;
      if (i < 0 || violation <= 0) continue;
      const bend = kernel[i * count + i]! + kernel[t * count + t]! - 2 * kernel[i * count + t]!;
      const promised = violation ** 2 / Math.max(bend, leastCurvature);
      if (promised > gain) [gain, j] = [promised, t];
    }
    if (j < 0 || most - least < tolerance) break;
    const [di, dj] = stepOf(kernel, count, { alphas, signs, gradient, c }, i, j);
    alphas[i]! += di;
    alphas[j]! += dj;
    for (let t = 0; t < count; t++) {
      const along = signs[i]! * di * kernel[i * count + t]! + signs[j]! * dj * kernel[j * count + t]!;
      gradient[t]! += signs[t]! * along;
    }
  }
  return { coefficients: alphas.map((alpha, t) => alpha * signs[t]!), bias: biasOf({ alphas, signs, gradient, c }) };
}

type State = {
  readonly alphas: Float64Array;
  readonly signs: Int8Array;
  /** Of the dual: Qα − 1. */
  readonly gradient: Float64Array;
  readonly c: number;
};

/** How much αᵢ and αⱼ change together: as far as it helps, and within the box. */
function stepOf(
  kernel: Float32Array,
  count: number,
  { alphas, signs, gradient, c }: State,
  i: number,
  j: number,
): [number, number] {
  const [si, sj] = [signs[i]!, signs[j]!];
  const bend = kernel[i * count + i]! + kernel[j * count + j]! - 2 * kernel[i * count + j]!;
  const violation = -si * gradient[i]! + sj * gradient[j]!;
  const wanted = violation / Math.max(bend, leastCurvature);
  const roomOfI = si === 1 ? c - alphas[i]! : alphas[i]!;
  const roomOfJ = sj === 1 ? alphas[j]! : c - alphas[j]!;
  const step = Math.min(wanted, roomOfI, roomOfJ);
  // At its bound a number is exactly there, for the conditions ask whether it is.
  const di = step === roomOfI ? (si === 1 ? c : 0) - alphas[i]! : si * step;
  const dj = step === roomOfJ ? (sj === 1 ? 0 : c) - alphas[j]! : -sj * step;
  return [di, dj];
}

/** From the images on the margin, on average; without any, halfway between the bounds that the others set. */
function biasOf({ alphas, signs, gradient, c }: State): number {
  let [sum, free, upper, lower] = [0, 0, Infinity, -Infinity];
  for (let t = 0; t < alphas.length; t++) {
    const value = -signs[t]! * gradient[t]!;
    if (alphas[t]! > 0 && alphas[t]! < c) {
      sum += value;
      free += 1;
    } else if (signs[t] === 1 ? alphas[t] === 0 : alphas[t] === c) {
      lower = Math.max(lower, value);
    } else {
      upper = Math.min(upper, value);
    }
  }
  return free > 0 ? sum / free : (upper + lower) / 2;
}
