import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../shared/tensor/shape.ts';
import { sizeOf } from '../../../shared/tensor/shape.ts';
import { augment, augmentedShape, type Augmentation } from './augment.ts';
import { Dice } from './testing/dice.ts';
import { runGraph } from './testing/run-graph.ts';

const dice = new Dice();
const square: Shape = [6, 8, 1];

type When = { seed?: number; step?: number; first?: number; training?: boolean; count?: number };

/** Images that all hold `pixels`, as `augmentation` gives them: one array an image. */
function seen(augmentation: Augmentation, shape: Shape, pixels: readonly number[], when: When = {}) {
  const { seed = dice.seed, step = 5, first = 0, training = true, count = 1000 } = when;
  const { images } = runGraph((math, place) => ({
    images: augment(math, augmentation, {
      images: place(Float32Array.from(Array<readonly number[]>(count).fill(pixels).flat()), [count, ...shape]),
      shape,
      batch: count,
      training: training ? { seed: math.graph.integer(seed), step: math.graph.integer(step), first } : null,
    }),
  }));
  const size = sizeOf(augmentedShape(augmentation, shape));
  return Array.from({ length: count }, (_, image) => [...images.subarray(image * size, (image + 1) * size)]);
}

/** Each pixel says where it stands, from 1. */
const places = Array.from({ length: 48 }, (_, index) => index + 1);

/** Expects each of `choices` as often as the others: χ² within six of its deviations. */
function expectUniform(counts: ReadonlyMap<string, number>, choices: number, count: number): void {
  const mean = count / choices;
  const missed = (choices - counts.size) * mean;
  const square = [...counts.values()].reduce((sum, times) => sum + (times - mean) ** 2 / mean, missed);
  expect(counts.size).toBeLessThanOrEqual(choices);
  expect(square).toBeLessThan(choices - 1 + 6 * Math.sqrt(2 * (choices - 1)));
}

function countEach(images: readonly (readonly number[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const image of images) counts.set(image.join(), (counts.get(image.join()) ?? 0) + 1);
  return counts;
}

/** The pixels of `square` as moved by (down, along), `fill` where nothing was. */
function shifted(down: number, along: number, fill: number): number[] {
  return places.map((_, index) => {
    const [y, x] = [Math.floor(index / 8) + down, (index % 8) + along];
    return y < 0 || x < 0 || y >= 6 || x >= 8 ? fill : places[y * 8 + x]!;
  });
}

describe(`augmentation (seed ${dice.seed})`, () => {
  it('shifts by each number of pixels as often, and fills the rest', () => {
    const images = seen({ padding: { pixels: 2, fill: -1 } }, square, places);
    const counts = countEach(images);
    expectUniform(counts, 25, images.length);
    const possible = [-2, -1, 0, 1, 2].flatMap((down) =>
      [-2, -1, 0, 1, 2].map((along) => shifted(down, along, -1).join()),
    );
    expect([...counts.keys()].every((image) => possible.includes(image))).toBe(true);
  });

  it('cuts out each crop as often', () => {
    const images = seen({ crop: [4, 5] }, square, places);
    expect(images[0]).toHaveLength(20);
    const counts = countEach(images);
    expectUniform(counts, 3 * 4, images.length);
    const corners = [...counts.keys()].map((image) => image.split(',').map(Number));
    expect(corners.every((image) => image[19]! - image[0]! === 3 * 8 + 4)).toBe(true);
  });

  it('turns every other image around', () => {
    const images = seen({ flip: true }, [1, 4, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
    const counts = countEach(images);
    expect([...counts.keys()].sort()).toEqual(['1,2,3,4,5,6,7,8', '7,8,5,6,3,4,1,2']);
    expectUniform(counts, 2, images.length);
  });

  it('shifts, crops and flips at once', () => {
    const all = { padding: { pixels: 1, fill: 0 }, crop: [6, 8], flip: true } as const;
    expectUniform(countEach(seen(all, square, places)), 18, 1000);
  });

  it('adds noise along the directions given, one draw an image', () => {
    const noise = {
      deviation: 0.1,
      values: [2, 0.5],
      vectors: [
        [0.6, 0.8, 0],
        [0, 0, 1],
      ],
    };
    const images = seen({ colourNoise: noise }, [2, 1, 3], Array<number>(6).fill(0));
    const first = images.map((image) => image[0]! / 0.6);
    for (const [index, image] of images.entries()) {
      expect(image.slice(3)).toEqual(image.slice(0, 3));
      expect(image[1]! / 0.8).toBeCloseTo(first[index]!, 5);
    }
    const deviationOf = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    const within = 5 / Math.sqrt(2 * images.length);
    expect(Math.abs(deviationOf(first) / 0.2 - 1)).toBeLessThan(within);
    expect(Math.abs(deviationOf(images.map((image) => image[2]!)) / 0.05 - 1)).toBeLessThan(within);
  });

  const all: Augmentation = {
    padding: { pixels: 2, fill: 0 },
    flip: true,
    colourNoise: { deviation: 0.1, values: [1], vectors: [[1]] },
  };

  it('is the same for the same seed and step, and another for another', () => {
    const images = seen(all, square, places, { count: 20 });
    expect(seen(all, square, places, { count: 20 })).toEqual(images);
    expect(seen(all, square, places, { count: 20, step: 6 })).not.toEqual(images);
    expect(seen(all, square, places, { count: 20, seed: dice.seed + 1 })).not.toEqual(images);
  });

  it('is the same for a batch in one tower and in several', () => {
    const whole = seen(all, square, places, { count: 9 });
    const parts = [seen(all, square, places, { count: 4 }), seen(all, square, places, { count: 5, first: 4 })];
    expect(parts.flat()).toEqual(whole);
  });

  it('is off in evaluation, where a crop is the middle', () => {
    expect(seen(all, square, places, { count: 2, training: false })[1]).toEqual(places);
    const [middle] = seen({ ...all, crop: [2, 2] }, square, places, { count: 1, training: false });
    expect(middle).toEqual([20, 21, 28, 29]);
  });
});
