/**
 * Images with their numbers, and the squared hinge loss of one linear classifier a class, Σᵢ max(0, 1 − yᵢ sᵢ)² with yᵢ = 1 for images of the class
 * and −1 for others. Weights are features × classes, row by row; the last feature may be a constant one, for the bias.
 *
 * Whoever computes it keeps the scores s of the weights so far, zero at first. Each method goes through the images in slices and yields between.
 */
export type HingeProblem = {
  readonly features: number;
  readonly classes: number;
  /** The loss of each class where the scores are, and half its derivative by the weights. */
  slope(): Generator<void, { readonly losses: Float64Array; readonly halfGradient: Float64Array }>;
  /** Xᵀ A X `direction`, A choosing the images that had a loss at the last `slope`: half the second derivative, times `direction`. */
  curvature(direction: Float64Array): Generator<void, Float64Array>;
  /** Remembers the scores of a direction. */
  aim(direction: Float64Array): Generator<void, void>;
  /** The losses if each class took so long a step in the direction aimed at. */
  lossesAhead(steps: Float64Array): Generator<void, Float64Array>;
  /** Takes the steps: the scores change. */
  go(steps: Float64Array): void;
};

export type NewtonOptions = {
  /** The price of a loss. */
  readonly c: number;
  /** A class is done when its gradient is this much shorter than at zero weights; 0.01 as in LIBLINEAR. */
  readonly tolerance?: number;
};

/** Share of the steepness that a step must bring. */
const sufficient = 0.01;
/** A Newton step is solved this well: its residual over the gradient. */
const solved = 0.1;
const mostSteps = 100;
const mostIterations = 100;
const mostHalvings = 20;

/**
 * L2-regularised linear support vector machines with the squared hinge loss, one against the rest: the weights w of each class that make
 * ½ ‖w‖² + C Σ max(0, 1 − y w·x)² least. Newton’s method with conjugate gradients and a line search (Lin, Weng and Keerthi, 2008, “Trust region Newton
 * method for logistic regression”; LIBLINEAR’s solver 2, since 2.40 with a line search). All classes go side by side, so that one pass over the
 * images serves all of them.
 *
 * Yields how far it is, from 0 to 1.
 */
export function* trainLinear(
  problem: HingeProblem,
  { c, tolerance = 1e-2 }: NewtonOptions,
): Generator<number, Float64Array> {
  const { features, classes } = problem;
  const columns = new Columns(classes);
  const weights = new Float64Array(features * classes);
  let first: Float64Array | null = null;
  let reached = 0;
  for (let step = 0; step < mostSteps; step++) {
    const { losses, halfGradient } = yield* reporting(problem.slope(), reached);
    const gradient = weights.map((weight, i) => weight + 2 * c * halfGradient[i]!);
    const lengths = columns.lengths(gradient);
    first ??= lengths;
    const closeness = lengths.map((length, k) => (first![k] === 0 ? 0 : length / first![k]!));
    const isOpen = closeness.map((share) => Number(share > tolerance));
    if (!isOpen.includes(1)) break;
    reached = Math.max(reached, Math.log(Math.max(...closeness)) / Math.log(tolerance));
    const direction = yield* newtonStep(problem, columns, { gradient, isOpen, c, reached });
    yield* reporting(problem.aim(direction), reached);
    const steps = yield* lineSearch(problem, columns, { weights, direction, gradient, losses, isOpen, c, reached });
    // No step helps any more: float32 is at its end.
    if (steps.every((length) => length === 0)) break;
    problem.go(steps);
    columns.add(weights, direction, steps);
  }
  return weights;
}

type NewtonSystem = {
  readonly gradient: Float64Array;
  readonly isOpen: Float64Array;
  readonly c: number;
  readonly reached: number;
};

/** Solves (I + 2C Xᵀ A X) d = −gradient for each open class by conjugate gradients; zero for the others. */
function* newtonStep(
  problem: HingeProblem,
  columns: Columns,
  { gradient, isOpen, c, reached }: NewtonSystem,
): Generator<number, Float64Array> {
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((value, i) => -value * isOpen[i % isOpen.length]!);
  const search = residual.slice();
  let squares = columns.dots(residual, residual);
  const enough = squares.map((square) => square * solved ** 2);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const curved = yield* reporting(problem.curvature(search), reached);
    for (let i = 0; i < curved.length; i++) curved[i] = search[i]! + 2 * c * curved[i]!;
    const bends = columns.dots(search, curved);
    const isBusy = squares.map((square, k) => Number(square > enough[k]!));
    const lengths = squares.map((square, k) => (isBusy[k] === 1 && bends[k]! > 0 ? square / bends[k]! : 0));
    columns.add(direction, search, lengths);
    columns.add(
      residual,
      curved,
      lengths.map((length) => -length),
    );
    const next = columns.dots(residual, residual);
    if (next.every((square, k) => square <= enough[k]!)) break;
    const turns = next.map((square, k) => (isBusy[k] === 1 ? square / squares[k]! : 0));
    for (let i = 0; i < search.length; i++) search[i] = residual[i]! + turns[i % turns.length]! * search[i]!;
    squares = next;
  }
  return direction;
}

type Search = NewtonSystem & {
  readonly weights: Float64Array;
  readonly direction: Float64Array;
  readonly losses: Float64Array;
};

/** How far each class goes: 1, ½, ¼ … of the Newton step, until what is to be made least falls as its slope promises; 0 where it never does. */
function* lineSearch(
  problem: HingeProblem,
  columns: Columns,
  { weights, direction, gradient, losses, isOpen, c, reached }: Search,
): Generator<number, Float64Array> {
  const slopes = columns.dots(gradient, direction);
  const across = columns.dots(weights, direction);
  const along = columns.dots(direction, direction);
  const steps = isOpen.slice();
  for (let halvings = 0; halvings <= mostHalvings; halvings++) {
    const ahead = yield* reporting(problem.lossesAhead(steps), reached);
    let allFall = true;
    for (const [k, step] of steps.entries()) {
      const change = step * across[k]! + 0.5 * step ** 2 * along[k]! + c * (ahead[k]! - losses[k]!);
      if (step === 0 || change <= sufficient * step * slopes[k]!) continue;
      allFall = false;
      steps[k] = halvings === mostHalvings ? 0 : step / 2;
    }
    if (allFall) break;
  }
  return steps;
}

/** Runs slices to their end, saying how far the whole is after each. */
function* reporting<T>(slices: Generator<void, T>, reached: number): Generator<number, T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    yield reached;
  }
}

/** Arithmetic with the columns of row-by-row matrices, a column a class. */
class Columns {
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  dots(one: Float64Array, other: Float64Array): Float64Array {
    const sums = new Float64Array(this.#count);
    for (let i = 0, k = 0; i < one.length; i++, k = k + 1 === this.#count ? 0 : k + 1) sums[k]! += one[i]! * other[i]!;
    return sums;
  }

  lengths(matrix: Float64Array): Float64Array {
    return this.dots(matrix, matrix).map(Math.sqrt);
  }

  /** Adds to each column of `sum` that of `addend`, times the column's factor. */
  add(sum: Float64Array, addend: Float64Array, factors: Float64Array): void {
    for (let i = 0, k = 0; i < sum.length; i++, k = k + 1 === this.#count ? 0 : k + 1) {
      sum[i]! += addend[i]! * factors[k]!;
    }
  }
}
