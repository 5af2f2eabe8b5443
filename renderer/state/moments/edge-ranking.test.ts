import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../shared/contract.ts';
import { frameLayout } from '../../../shared/frame/layout.ts';
import { partAlone, partOf } from '../../../shared/frame/planes.ts';
import { gabor, uniform } from '../../../shared/math/kernels.ts';
import { presets } from '../../../shared/network/presets/index.ts';
import { trace } from '../../../shared/network/shapes.ts';
import { rankEdges } from './edge-ranking.ts';
import { LayerHistory } from './layer-history.ts';

const lenet = trace(presets['lenet5-1998'].choose({}).network);
const part = partAlone(partOf(frameLayout(lenet), 'C1', 'kernels')!);
const moments: Moment[] = [0, 5, 10].map((step, id) => {
  return { id, step, loss: null, accuracy: null, testAccuracy: null, image: { source: 'drawn' } };
});

/** The kernels of C1 at each moment: from noise, filter f turns into an edge detector the more, the larger f is. */
function history(): LayerHistory {
  const bytes = new Uint8Array(moments.length * part.bytes);
  const edge = Array.from({ length: 25 }, (_, i) => (i % 5) - 2);
  moments.forEach((_, index) => {
    for (let filter = 0; filter < 6; filter++) {
      const noise = Array.from(uniform(5, filter + 1).values);
      const share = (index / 2) * (filter / 5);
      const weights = noise.map((weight, i) => (1 - share) * weight + share * edge[i]!);
      const [min, max] = [Math.min(...weights), Math.max(...weights)];
      const begin = index * part.bytes;
      new Float32Array(bytes.buffer, begin + filter * 8, 2).set([min, max]);
      const cells = weights.map((weight) => Math.round(((weight - min) / (max - min)) * 255));
      bytes.set(cells, begin + part.valuesOffset + filter * 25);
    }
  });
  return new LayerHistory(lenet, 'C1', 'kernels', { moments, bytes });
}

describe('the filters by how near they are to an edge detector', () => {
  it('are ranked as they are today, with their life', async () => {
    const lives = (await rankEdges(history(), 6, () => true))!;
    expect(lives[0]).toMatchObject({ filter: 5, channel: 0, match: { kind: 'edge', angle: 0 } });
    expect(lives[0]!.match.score).toBeGreaterThan(0.99);
    const final = lives.map(({ match }) => match.score);
    expect(final).toEqual([...final].sort((a, b) => b - a));
    for (const { scores, match } of lives) {
      expect(scores).toHaveLength(3);
      expect(scores[2]).toBe(match.score);
    }
    expect(lives[0]!.scores[0]).toBeLessThan(0.8);
  });

  it('look at the channel whose weights differ most', async () => {
    const c3 = partAlone(partOf(frameLayout(lenet), 'C3', 'kernels')!);
    const bytes = new Uint8Array(c3.bytes);
    const line = Array.from(gabor(5, 90, 5).values);
    const [min, max] = [Math.min(...line), Math.max(...line)];
    // Filter 2 reads a strong line in channel 1, and a weak edge in channel 4.
    const set = (plane: number, weights: readonly number[], [low, high]: readonly [number, number]): void => {
      new Float32Array(bytes.buffer, plane * 8, 2).set([low, high]);
      bytes.set(
        weights.map((weight) => Math.round(((weight - low) / (high - low)) * 255)),
        c3.valuesOffset + plane * 25,
      );
    };
    set(16 * 1 + 2, line, [min, max]);
    const weak = Array.from({ length: 25 }, (_, i) => ((i % 5) - 2) / 100);
    set(16 * 4 + 2, weak, [-0.02, 0.02]);
    const one = new LayerHistory(lenet, 'C3', 'kernels', { moments: moments.slice(0, 1), bytes });
    const lives = (await rankEdges(one, 16, () => true))!;
    expect(lives[0]).toMatchObject({ filter: 2, channel: 1, match: { kind: 'line', angle: 90 } });
    // All others are 0 everywhere, and so no detectors.
    expect(lives.slice(1).every(({ match }) => match.score === 0)).toBe(true);
  });

  it('are given up when nobody wants them any more', async () => {
    let turns = 0;
    const rest = (): Promise<void> => Promise.resolve(void (turns += 1));
    const clock = performance.now.bind(performance);
    let now = 0;
    performance.now = () => (now += 20);
    try {
      expect(await rankEdges(history(), 6, () => turns < 3, rest)).toBeNull();
      expect(turns).toBe(3);
    } finally {
      performance.now = clock;
    }
  });
});

describe('the life of a layer', () => {
  it('refuses bytes of another layer, and a part that moments leave out', () => {
    const bytes = new Uint8Array(10);
    expect(() => new LayerHistory(lenet, 'C1', 'kernels', { moments, bytes })).toThrow(
      '3 moments of C1 take 600 bytes, not 10',
    );
    expect(() => new LayerHistory(lenet, 'S2', 'kernels', { moments, bytes })).toThrow('Frames hold no kernels of S2');
  });
});
