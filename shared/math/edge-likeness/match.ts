import { edgeBank, unit, type Detector } from './bank.ts';

/** How near a kernel is to a detector of edges or lines, and to which. */
export type EdgeMatch = {
  /** Normalised correlation with the nearest detector, 0–1; 0 for a kernel that is the same everywhere. */
  readonly score: number;
  /** An edge is dark on one side and light on the other; a line is lighter or darker than both its sides. */
  readonly kind: 'edge' | 'line';
  readonly family: Detector['family'];
  /**
   * Degrees, anticlockwise as one sees it. Of an edge, where it grows lighter, in [0, 360): 0 to the right, 90 upwards. Of a line, across it, in
   * [0, 180).
   */
  readonly angle: number;
  /** The detector itself, without mean and of length 1, row by row. */
  readonly template: Float64Array;
};

/**
 * The nearest detector of the bank of the kernel's size.
 *
 * Neither the kernel's scale nor a number added to all its weights matters, nor its sign: a negative is the same detector turned by half.
 *
 * @param weights row by row. @throws RangeError if there are not height × width of them.
 */
export function matchEdge(height: number, width: number, weights: ArrayLike<number>): EdgeMatch {
  if (weights.length !== height * width) {
    throw new RangeError(`A kernel of ${height}×${width} has ${height * width} weights, not ${weights.length}`);
  }
  const kernel = unit(weights);
  let best: { detector: Detector; odd: number; even: number; score: number } | null = null;
  if (kernel) {
    for (const detector of edgeBank(height, width)) {
      const odd = dot(kernel, detector.odd);
      const even = detector.quadrature ? dot(kernel, detector.quadrature) : 0;
      const score = Math.hypot(odd, even);
      if (!best || score > best.score) best = { detector, odd, even, score };
    }
  }
  if (!best) {
    return { score: 0, kind: 'edge', family: 'sobel', angle: 0, template: new Float64Array(height * width) };
  }
  const { detector, odd, even, score } = best;
  const template = detector.odd.map((value, i) => {
    return score === 0 ? value : (odd * value + even * (detector.quadrature?.[i] ?? 0)) / score;
  });
  const isLine = Math.abs(even) > Math.abs(odd);
  return {
    score: Math.min(1, score),
    kind: isLine ? 'line' : 'edge',
    family: detector.family,
    angle: isLine || odd >= 0 ? detector.angle : detector.angle + 180,
    template,
  };
}

/**
 * The index from which on all scores reach `threshold`: from there it has been a detector to this day; null if it is none now.
 */
export function detectorSince(scores: readonly number[], threshold: number): number | null {
  let since: number | null = null;
  for (let i = scores.length - 1; i >= 0 && scores[i]! >= threshold; i--) since = i;
  return since;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
