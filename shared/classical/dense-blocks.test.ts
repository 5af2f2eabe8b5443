import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { DenseBlocks } from './dense-blocks.ts';
import { Hog } from './hog.ts';
import { classicalDefaults } from './settings.ts';

const settings = { ...classicalDefaults, votes: 'hard' } as const;
const dice = new Dice(6);
const pixels = Uint8Array.from({ length: 28 * 28 }, () => dice.whole(0, 255));

describe('blocks closer than their cells', () => {
  it('are 121 in a digit of MNIST, 36 of them in its bottom right quarter', () => {
    const blocks = new DenseBlocks([28, 28, 1], settings);
    expect(blocks.count).toBe(11 * 11);
    // Middles at 4, 6 … 24: five before 14, six from it on.
    expect(blocks.quarters).toEqual([25, 30, 30, 36]);
  });

  it('are HOG’s own, in another order', () => {
    const blocks = new DenseBlocks([28, 28, 1], { ...settings, step: 4 });
    const hog = new Hog([28, 28, 1], settings);
    const [dense, grid] = [new Float32Array(blocks.count * blocks.blockLength), new Float32Array(hog.length)];
    blocks.write(pixels, dense);
    hog.write(pixels, grid);
    const rows = (values: Float32Array) =>
      Array.from({ length: values.length / 36 }, (_, i) => values.slice(i * 36, (i + 1) * 36).join()).sort();
    expect(rows(dense)).toEqual(rows(grid));
    // The first of the last quarter: its middle is the first at or after the image's.
    const [, , , last] = blocks.quarters;
    const at = (blocks.count - last!) * 36;
    const [row, column] = [3, 3];
    const from = (row * hog.blocks[1] + column) * 36;
    expect(dense.slice(at, at + 36)).toEqual(grid.slice(from, from + 36));
  });

  it('fit where only one does', () => {
    // Its middle lies above the image’s, and on it.
    expect(new DenseBlocks([9, 8, 1], settings).quarters).toEqual([0, 1, 0, 0]);
  });
});
