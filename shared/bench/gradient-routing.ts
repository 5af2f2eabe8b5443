import type { Plane } from '../math/plane.ts';
import { squashSlope } from '../math/squash.ts';
import type { Pooling, PoolingKind } from './experiment.ts';

/** A map that was pooled, and what came of it. */
export type Routed = {
  readonly kind: PoolingKind;
  /** The pooled map. */
  readonly plane: Plane;
  /** For `max` and `stochastic`: for each pooled cell, the index (y · width + x) into `map` of the cell that its window took; −1 where none. */
  readonly winners: Int32Array | null;
};

/**
 * Where the gradient goes if each pooled cell has a gradient of 1: ∂(Σ pooled cells) / ∂(cell of the map), as large as `map`. A cell in
 * several windows has the sum of what each of them sends it; a cell in none has 0.
 *
 * Largest and drawn cells get all of their window's, the others nothing; the mean sends each cell 1/n; L2 sends x / (n · √(mean of
 * squares)), and 0 where all cells are 0 (its corner); subsampling coefficient · the squashing function's slope; a stride its first cell.
 */
export function gradientShares(map: Plane, { kind, plane, winners }: Routed, pooling: Pooling): Plane {
  const shares: Plane = { height: map.height, width: map.width, values: new Float32Array(map.values.length) };
  switch (kind) {
    case 'max':
    case 'stochastic':
      for (const winner of winners ?? []) if (winner >= 0) shares.values[winner]! += 1;
      return shares;
    case 'average':
      return spread(shares, plane, pooling, () => 1 / pooling.size ** 2);
    case 'l2':
      return spread(shares, plane, pooling, (cell, pooled) => {
        const length = plane.values[pooled]!;
        return length === 0 ? 0 : map.values[cell]! / (pooling.size ** 2 * length);
      });
    case 'subsampling':
      return spread(shares, plane, pooling, (_, pooled) => pooling.coefficient * squashSlope(plane.values[pooled]!));
    case 'strided':
      return spread(shares, plane, { size: 1, stride: pooling.stride }, () => 1);
    default:
      return kind satisfies never;
  }
}

/** Adds to each cell of each window what `shareOf` says, in a map that is filled along. */
function spread(
  shares: Plane,
  pooled: Plane,
  { size, stride }: Pick<Pooling, 'size' | 'stride'>,
  shareOf: (cell: number, pooledCell: number) => number,
): Plane {
  for (let row = 0; row < pooled.height; row++) {
    for (let column = 0; column < pooled.width; column++) {
      const top = row * stride * shares.width + column * stride;
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const cell = top + y * shares.width + x;
          shares.values[cell]! += shareOf(cell, row * pooled.width + column);
        }
      }
    }
  }
  return shares;
}
