import type { HingeProblem } from '../svm/newton.ts';

/** The squared hinge loss of few points in plain loops and float64: points × features, row by row. */
export class PlainProblem implements HingeProblem {
  readonly features: number;
  readonly classes: number;
  readonly #points: readonly number[];
  readonly #labels: readonly number[];
  readonly #scores: Float64Array;
  readonly #ahead: Float64Array;
  readonly #isActive: Uint8Array;

  constructor(points: readonly number[], labels: readonly number[], classes: number) {
    this.features = points.length / labels.length;
    this.classes = classes;
    this.#points = points;
    this.#labels = labels;
    this.#scores = new Float64Array(labels.length * classes);
    this.#ahead = new Float64Array(labels.length * classes);
    this.#isActive = new Uint8Array(labels.length * classes);
  }

  *slope(): ReturnType<HingeProblem['slope']> {
    yield;
    const losses = this.#losses(this.#scores);
    const pulls = this.#scores.map((score, at) => {
      const missing = 1 - this.#sign(at) * score;
      this.#isActive[at] = Number(missing > 0);
      return missing > 0 ? -this.#sign(at) * missing : 0;
    });
    return { losses, halfGradient: this.#backward(pulls) };
  }

  *curvature(direction: Float64Array): Generator<void, Float64Array> {
    yield;
    return this.#backward(this.#forward(direction).map((score, at) => score * this.#isActive[at]!));
  }

  *aim(direction: Float64Array): Generator<void, void> {
    yield;
    this.#ahead.set(this.#forward(direction));
  }

  *lossesAhead(steps: Float64Array): Generator<void, Float64Array> {
    yield;
    return this.#losses(this.#scores.map((score, at) => score + steps[at % this.classes]! * this.#ahead[at]!));
  }

  go(steps: Float64Array): void {
    this.#ahead.forEach((score, at) => (this.#scores[at]! += steps[at % this.classes]! * score));
  }

  #sign(at: number): number {
    return this.#labels[Math.floor(at / this.classes)] === at % this.classes ? 1 : -1;
  }

  #losses(scores: Float64Array): Float64Array {
    const losses = new Float64Array(this.classes);
    scores.forEach((score, at) => (losses[at % this.classes]! += Math.max(0, 1 - this.#sign(at) * score) ** 2));
    return losses;
  }

  #forward(weights: Float64Array): Float64Array {
    const { features, classes } = this;
    return this.#scores.map((_, at) => {
      const point = Math.floor(at / classes) * features;
      let score = 0;
      for (let i = 0; i < features; i++) score += this.#points[point + i]! * weights[i * classes + (at % classes)]!;
      return score;
    });
  }

  #backward(pulls: Float64Array): Float64Array {
    const { features, classes } = this;
    const sum = new Float64Array(features * classes);
    pulls.forEach((pull, at) => {
      const point = Math.floor(at / classes) * features;
      for (let i = 0; i < features; i++) sum[i * classes + (at % classes)]! += this.#points[point + i]! * pull;
    });
    return sum;
  }
}
