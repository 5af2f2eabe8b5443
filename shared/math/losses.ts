/** The numbers a network gives for one image, one a class. */
type Scores = ArrayLike<number>;

/** −log of the right class after softmax. */
export function crossEntropy(scores: Scores, right: number): number {
  return -scores[right]! + Math.log(sumOf(scores, Math.exp));
}

/** Mean over classes of (score − target)²; the target is 1 for the right class and −1 for the others. */
export function meanSquaredError(scores: Scores, right: number): number {
  const target = (index: number): number => (index === right ? 1 : -1);
  return sumOf(scores, (score, index) => (score - target(index)) ** 2) / scores.length;
}

/** LeCun et al. (1998), eq. 9, with j = 0.1, of negative distances: d_right + log(e^−j + Σ e^−d). */
export function rbfLoss(negativeDistances: Scores, right: number): number {
  return -negativeDistances[right]! + Math.log(Math.exp(-0.1) + sumOf(negativeDistances, Math.exp));
}

/** −Σ (x − code)² for each code. */
export function negativeDistances(x: ArrayLike<number>, codes: readonly (readonly number[])[]): number[] {
  return codes.map((code) => -sumOf(code, (cell, index) => (x[index]! - cell) ** 2));
}

function sumOf(values: ArrayLike<number>, term: (value: number, index: number) => number): number {
  return Array.from(values).reduce((sum, value, index) => sum + term(value, index), 0);
}
