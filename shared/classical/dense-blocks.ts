import type { Shape } from '../tensor/shape.ts';
import { Hog } from './hog.ts';
import type { ClassicalSettings } from './settings.ts';

/** Where a block of one of the grids goes. */
type Place = { readonly grid: number; readonly from: number; readonly to: number };

/**
 * HOG's blocks every `step` pixels, closer than their cells: several grids, each beginning a step further. Blocks are ordered by the
 * quarter of the image that their middle lies in, and within one by grid.
 */
export class DenseBlocks {
  readonly blockLength: number;
  /** Blocks in each quarter: top left, top right, bottom left, bottom right. */
  readonly quarters: readonly number[];
  /** Blocks an image has. */
  readonly count: number;
  readonly #grids: readonly Hog[];
  readonly #places: readonly Place[];
  readonly #scratch: readonly Float32Array[];

  /**
   * @param shape HWC.
   * @throws ClassicalError where not one block fits.
   */
  constructor(shape: Shape, { step, cell, block, orientations, votes }: ClassicalSettings) {
    const [height = 0, width = 0] = shape;
    const side = cell * block;
    const begins = (length: number) =>
      Array.from({ length: Math.ceil(cell / step) }, (_, i) => i * step).filter(
        (begin) => begin === 0 || begin + side <= length,
      );
    const found: { grid: number; from: number; quarter: number }[] = [];
    this.#grids = begins(height).flatMap((top) =>
      begins(width).map((left) => new Hog(shape, { orientations, cell, block, votes, begin: [top, left] })),
    );
    const corners = begins(height).flatMap((top) => begins(width).map((left) => [top, left] as const));
    for (const [grid, { blocks, blockLength }] of this.#grids.entries()) {
      const [top, left] = corners[grid]!;
      for (let i = 0; i < blocks[0] * blocks[1]; i++) {
        const bottom = top + Math.floor(i / blocks[1]) * cell + side / 2 >= height / 2;
        const right = left + (i % blocks[1]) * cell + side / 2 >= width / 2;
        found.push({ grid, from: i * blockLength, quarter: 2 * Number(bottom) + Number(right) });
      }
    }
    const [first] = this.#grids;
    this.blockLength = first!.blockLength;
    this.quarters = [0, 1, 2, 3].map((quarter) => found.filter((place) => place.quarter === quarter).length);
    this.count = found.length;
    this.#places = found
      .toSorted((a, b) => a.quarter - b.quarter)
      .map(({ grid, from }, rank) => ({ grid, from, to: rank * this.blockLength }));
    this.#scratch = this.#grids.map(({ length }) => new Float32Array(length));
  }

  /** Writes an image's blocks, `count` × `blockLength`, to `out`. @param pixels HWC bytes. */
  write(pixels: Uint8Array, out: Float32Array, at = 0): void {
    this.#grids.forEach((grid, i) => grid.write(pixels, this.#scratch[i]!));
    for (const { grid, from, to } of this.#places) {
      out.set(this.#scratch[grid]!.subarray(from, from + this.blockLength), at + to);
    }
  }
}
