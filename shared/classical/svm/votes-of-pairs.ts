/** Every two classes, the lower number first: as many machines has one against one. */
export function pairsOf(classes: number): (readonly [number, number])[] {
  return Array.from({ length: classes }, (_, first) =>
    Array.from({ length: classes - first - 1 }, (_, after) => [first, first + after + 1] as const),
  ).flat();
}

/**
 * Scores of all classes from the decisions of one against one: a vote a pair, as LIBSVM counts; classes with as many votes are told apart by
 * the sum of their decisions, squeezed to less than half a vote (scikit-learn’s rule).
 *
 * @param decisions images × pairs, above zero for the first of the pair.
 * @returns images × classes.
 */
export function scoresOfPairs(decisions: Float32Array, classes: number): Float32Array {
  const pairs = pairsOf(classes);
  const images = pairs.length === 0 ? 0 : decisions.length / pairs.length;
  const scores = new Float32Array(images * classes);
  const sums = new Float64Array(classes);
  for (let image = 0; image < images; image++) {
    const at = image * classes;
    sums.fill(0);
    for (const [index, [first, second]] of pairs.entries()) {
      const decision = decisions[image * pairs.length + index]!;
      scores[at + (decision > 0 ? first : second)]! += 1;
      sums[first]! += decision;
      sums[second]! -= decision;
    }
    for (const [k, sum] of sums.entries()) scores[at + k]! += sum / (3 * (Math.abs(sum) + 1));
  }
  return scores;
}
