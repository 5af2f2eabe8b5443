/** `hard`: a gradient counts for one orientation bin and one cell. `soft`: it is shared between the two bins and four cells nearest to it. */
export const voteKinds = ['soft', 'hard'] as const;
export type VoteKind = (typeof voteKinds)[number];

/** Differences of two bytes go from −255 to 255. */
const differences = 511;

/**
 * What a gradient votes for, for every difference of bytes along rows (dy) and columns (dx): an arctangent for each pixel of a dataset would
 * take most of the time. The entry of (dy, dx) is at `(dy + 255) * 511 + dx + 255`.
 *
 * Orientations are unsigned, [0°, 180°), in `orientations` bins of equal width: bin i holds the angles from i up to i + 1 widths.
 */
export type GradientVotes = {
  /** √(dx² + dy²). */
  readonly magnitude: Float64Array;
  readonly bin: Uint8Array;
  /** The share of the bin after `bin`, in [0, 1); that after the last is the first. */
  readonly shareOfNext: Float64Array;
};

export function gradientVotes(orientations: number, votes: VoteKind): GradientVotes {
  const magnitude = new Float64Array(differences ** 2);
  const bin = new Uint8Array(differences ** 2);
  const shareOfNext = new Float64Array(differences ** 2);
  const width = 180 / orientations;
  for (let dy = -255, at = 0; dy <= 255; dy++) {
    for (let dx = -255; dx <= 255; dx++, at++) {
      magnitude[at] = Math.hypot(dx, dy);
      const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
      const angle = (degrees + 180) % 180;
      // A soft vote is shared by distance from the bins' middles.
      const position = angle / width - (votes === 'soft' ? 0.5 : 0);
      const lower = Math.floor(position);
      bin[at] = (lower + orientations) % orientations;
      shareOfNext[at] = votes === 'soft' ? position - lower : 0;
    }
  }
  return { magnitude, bin, shareOfNext };
}

/** For each pixel along an axis, the cell it votes for and how much of it is the next one's; cell −1 and the one after the last are not there. */
export type CellVotes = { readonly cell: Int32Array; readonly shareOfNext: Float64Array };

/** @param begin the pixel at which the first cell begins. */
export function cellVotes(length: number, begin: number, size: number, votes: VoteKind): CellVotes {
  const cell = new Int32Array(length);
  const shareOfNext = new Float64Array(length);
  for (let pixel = 0; pixel < length; pixel++) {
    const position = votes === 'soft' ? (pixel - begin + 0.5) / size - 0.5 : (pixel - begin) / size;
    cell[pixel] = Math.floor(position);
    shareOfNext[pixel] = votes === 'soft' ? position - cell[pixel]! : 0;
  }
  return { cell, shareOfNext };
}
