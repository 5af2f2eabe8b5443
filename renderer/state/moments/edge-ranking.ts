import { type EdgeMatch, matchEdge } from '../../../shared/math/edge-likeness/match.ts';
import type { Plane } from '../../../shared/math/plane.ts';
import type { LayerHistory } from './layer-history.ts';

/** How a filter came to be, or not to be, a detector of edges. */
export type FilterLife = {
  readonly filter: number;
  /** The input channel (in groups, the i-th of its own) whose weights are looked at: where they differ most from each other today. */
  readonly channel: number;
  /** Its weights today. */
  readonly now: Plane;
  readonly match: EdgeMatch;
  /** The match at each moment, 0–1. */
  readonly scores: readonly number[];
};

/** The interface is left alone for no longer than this. */
const sliceMillis = 10;

/**
 * The filters of a convolution by how near they are to an edge detector today, the nearest first, with all their life.
 *
 * @param filters of the layer: plane i · filters + f is what filter f reads of channel i.
 * @param rest waits until the interface has had its turn. @returns null if `isWanted` turned false before the end.
 */
export async function rankEdges(
  history: LayerHistory,
  filters: number,
  isWanted: () => boolean,
  rest: () => Promise<void> = nextTurn,
): Promise<readonly FilterLife[] | null> {
  const { moments, part } = history;
  const last = moments.length - 1;
  if (last < 0) return [];
  const lives: FilterLife[] = [];
  let turn = performance.now();
  for (let filter = 0; filter < filters; filter++) {
    const channel = strongestChannel(history, filter, filters, last);
    const at = (index: number): EdgeMatch => {
      return matchEdge(part.height, part.width, history.plane(index, channel * filters + filter).values);
    };
    const scores: number[] = [];
    for (let index = 0; index <= last; index++) {
      scores.push(at(index).score);
      if (performance.now() - turn > sliceMillis) {
        await rest();
        if (!isWanted()) return null;
        turn = performance.now();
      }
    }
    lives.push({ filter, channel, now: history.plane(last, channel * filters + filter), match: at(last), scores });
  }
  return lives.sort((one, other) => other.match.score - one.match.score || one.filter - other.filter);
}

function strongestChannel(history: LayerHistory, filter: number, filters: number, index: number): number {
  let best = 0;
  let most = -1;
  for (let channel = 0; channel * filters < history.part.planes; channel++) {
    const spread = spreadOf(history.plane(index, channel * filters + filter).values);
    if (spread > most) [best, most] = [channel, spread];
  }
  return best;
}

function spreadOf(values: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares - (sum * sum) / values.length;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
