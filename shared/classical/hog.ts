import type { Shape } from '../tensor/shape.ts';
import { ClassicalError } from './classical-error.ts';
import { type CellVotes, cellVotes, type GradientVotes, gradientVotes, type VoteKind } from './votes.ts';

export type HogOptions = {
  /** Bins of unsigned orientation, over 180°. */
  readonly orientations: number;
  /** Side of a cell, in pixels. */
  readonly cell: number;
  /** Side of a block, in cells; blocks overlap, one begins at each cell. */
  readonly block: number;
  readonly votes: VoteKind;
  /** The pixel, down and across, at which the first cell begins; 0 and 0 if left out. */
  readonly begin?: readonly [row: number, column: number];
};

/** Added to a block's length under the root: a block without gradients stays zero. */
const epsilon = 1e-5;
/** No orientation of a block counts for more than this (Lowe's hysteresis), before it is made of length one again. */
const most = 0.2;

/**
 * Histograms of oriented gradients (Dalal and Triggs, 2005, "Histograms of oriented gradients for human detection"), of images of one shape.
 *
 * Centred differences without smoothing, zero at the edge; of a colour image each pixel takes the channel with the longest gradient. The
 * gradients vote with their length for their orientation, in cells of `cell`² pixels, and blocks of `block`² cells are normalised by L2-Hys.
 * Cells that would reach over the edge are left out. With hard votes this is scikit-image's `hog(image, block_norm='L2-Hys')`;
 * soft votes are those of the paper, without its Gaussian window.
 */
export class Hog {
  /** Cells down and across. */
  readonly cells: readonly [rows: number, columns: number];
  /** Blocks down and across. */
  readonly blocks: readonly [rows: number, columns: number];
  /** Numbers a block has: block × block × orientations, cells row by row. */
  readonly blockLength: number;
  /** Numbers an image has: blocks row by row. */
  readonly length: number;
  readonly #shape: Shape;
  readonly #options: HogOptions;
  readonly #votes: GradientVotes;
  readonly #rows: CellVotes;
  readonly #columns: CellVotes;
  /** Cells row by row, orientations last: what `histograms` returns. */
  readonly #histograms: Float64Array;

  /**
   * @param shape HWC.
   * @throws ClassicalError where not one block fits.
   */
  constructor(shape: Shape, options: HogOptions) {
    const [height = 0, width = 0] = shape;
    const { orientations, cell, block, votes, begin: [top, left] = [0, 0] } = options;
    this.#shape = shape;
    this.#options = options;
    this.cells = [Math.floor((height - top) / cell), Math.floor((width - left) / cell)];
    this.blocks = [this.cells[0] - block + 1, this.cells[1] - block + 1];
    if (Math.min(...this.blocks) < 1) {
      const side = block * cell;
      throw new ClassicalError(
        `A block of ${block}×${block} cells of ${cell} pixels does not fit into ${height}×${width} pixels: it takes ${side}×${side}`,
      );
    }
    this.blockLength = block * block * orientations;
    this.length = this.blocks[0] * this.blocks[1] * this.blockLength;
    this.#votes = gradientVotes(orientations, votes);
    this.#rows = cellVotes(height, top, cell, votes);
    this.#columns = cellVotes(width, left, cell, votes);
    this.#histograms = new Float64Array(this.cells[0] * this.cells[1] * orientations);
  }

  /** Writes an image's `length` numbers to `out`, from `at` on. @param pixels HWC bytes. */
  write(pixels: Uint8Array, out: Float32Array, at = 0): void {
    this.histograms(pixels);
    const [rows, columns] = this.blocks;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at += this.blockLength) this.#writeBlock(row, column, out, at);
    }
  }

  /**
   * The cells' histograms, before blocks are made of them: votes a pixel of the cell, row by row, orientations last.
   * The array is written anew with each call.
   */
  histograms(pixels: Uint8Array): Float64Array {
    const [height = 0, width = 0, channels = 0] = this.#shape;
    const row = width * channels;
    const { magnitude } = this.#votes;
    this.#histograms.fill(0);
    for (let y = 0; y < height; y++) {
      const down = y > 0 && y < height - 1 ? row : 0;
      for (let x = 0; x < width; x++) {
        const across = x > 0 && x < width - 1 ? channels : 0;
        let strongest = -1;
        let entry = 0;
        const pixel = y * row + x * channels;
        for (let place = pixel; place < pixel + channels; place++) {
          const dy = pixels[place + down]! - pixels[place - down]!;
          const dx = pixels[place + across]! - pixels[place - across]!;
          const candidate = (dy + 255) * 511 + dx + 255;
          if (magnitude[candidate]! > strongest) {
            strongest = magnitude[candidate]!;
            entry = candidate;
          }
        }
        if (strongest > 0) this.#vote(y, x, entry);
      }
    }
    return this.#histograms;
  }

  #vote(y: number, x: number, entry: number): void {
    const { orientations, cell: side } = this.#options;
    const length = this.#votes.magnitude[entry]! / (side * side);
    const bin = this.#votes.bin[entry]!;
    const next = bin + 1 === orientations ? 0 : bin + 1;
    const shareOfNext = this.#votes.shareOfNext[entry]!;
    const rows = this.cells[0];
    const columns = this.cells[1];
    const row = this.#rows.cell[y]!;
    const column = this.#columns.cell[x]!;
    const below = this.#rows.shareOfNext[y]!;
    const right = this.#columns.shareOfNext[x]!;
    for (let down = 0; down < 2; down++) {
      const rowShare = down === 0 ? 1 - below : below;
      if (rowShare === 0 || row + down < 0 || row + down >= rows) continue;
      for (let across = 0; across < 2; across++) {
        const share = rowShare * (across === 0 ? 1 - right : right);
        if (share === 0 || column + across < 0 || column + across >= columns) continue;
        const cell = ((row + down) * columns + column + across) * orientations;
        this.#histograms[cell + bin]! += length * share * (1 - shareOfNext);
        if (shareOfNext > 0) this.#histograms[cell + next]! += length * share * shareOfNext;
      }
    }
  }

  #writeBlock(row: number, column: number, out: Float32Array, at: number): void {
    const { block, orientations } = this.#options;
    const run = block * orientations;
    for (let down = 0; down < block; down++) {
      const from = ((row + down) * this.cells[1] + column) * orientations;
      for (let i = 0; i < run; i++) out[at + down * run + i] = this.#histograms[from + i]!;
    }
    const clippedAt = most * lengthOf(out, at, this.blockLength);
    for (let i = at; i < at + this.blockLength; i++) out[i] = Math.min(out[i]!, clippedAt) / (clippedAt / most);
    const length = lengthOf(out, at, this.blockLength);
    for (let i = at; i < at + this.blockLength; i++) out[i]! /= length;
  }
}

function lengthOf(values: Float32Array, from: number, count: number): number {
  let squares = epsilon ** 2;
  for (let i = from; i < from + count; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}
