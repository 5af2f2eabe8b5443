/** How high and how steep LeCun's squashing function is (LeCun et al., 1998, appendix A): squash(±1) = ±1. */
const amplitude = 1.7159;
const steepness = 2 / 3;

/** A · tanh(S · a). */
export function squash(value: number): number {
  return amplitude * Math.tanh(steepness * value);
}

/** The slope of `squash` where it has the value `squashed`. */
export function squashSlope(squashed: number): number {
  return (steepness * (amplitude ** 2 - squashed ** 2)) / amplitude;
}
