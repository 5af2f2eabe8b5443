/** The axes along which a covariance is spread, the widest first. */
export type PrincipalAxes = {
  /** Eigenvalues, falling: the variance along each axis. */
  readonly values: readonly number[];
  /** Eigenvectors of length one, an array an axis; the largest of its numbers is positive. */
  readonly vectors: readonly (readonly number[])[];
};

/** Far more than a matrix of three needs: convergence is quadratic. */
const mostSweeps = 50;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, Matrix Computations, §8.5): each
 * makes one number off the diagonal zero.
 */
export function principalAxes(symmetric: readonly (readonly number[])[]): PrincipalAxes {
  const size = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < mostSweeps && !isDiagonal(a); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, v, p, q);
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => pointingUp(v.map((row) => row[i]!))),
  };
}

function isDiagonal(a: readonly (readonly number[])[]): boolean {
  const largest = Math.max(...a.flat().map(Math.abs));
  return a.every((row, i) => row.every((value, j) => i === j || Math.abs(value) <= largest * 1e-15));
}

/** Turns the plane of axes p and q until a[p][q] is zero. */
function rotate(a: number[][], v: number[][], p: number, q: number): void {
  const off = a[p]![q]!;
  if (off === 0) return;
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * off);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  const turn = (x: number, y: number): [number, number] => [cosine * x - sine * y, sine * x + cosine * y];
  for (const row of a) [row[p], row[q]] = turn(row[p]!, row[q]!);
  const [rowP, rowQ] = [a[p]!, a[q]!];
  for (let i = 0; i < a.length; i++) [rowP[i], rowQ[i]] = turn(rowP[i]!, rowQ[i]!);
  for (const row of v) [row[p], row[q]] = turn(row[p]!, row[q]!);
}

function pointingUp(vector: number[]): number[] {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}
