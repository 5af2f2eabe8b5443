/** How many images were right at the first guess, and within the five first. */
export type Ranking = { readonly first: number; readonly five: number };

/**
 * Ranks the right class of each image among the scores of all. Of classes with equal scores the one with the lower number comes first, as
 * in the networks' evaluation.
 *
 * @param scores images × classes.
 */
export function rank(scores: Float32Array, labels: ArrayLike<number>, classes: number): Ranking {
  let [first, five] = [0, 0];
  for (let image = 0; image < labels.length; image++) {
    const at = image * classes;
    const label = labels[image]!;
    const own = scores[at + label]!;
    let before = 0;
    for (let other = 0; other < classes; other++) {
      if (scores[at + other]! > own || (scores[at + other] === own && other < label)) before += 1;
    }
    if (before < 1) first += 1;
    if (before < 5) five += 1;
  }
  return { first, five };
}
