import { greyFromRgb } from '../math/grey.ts';
import type { Shape } from '../tensor/shape.ts';
import { ClassicalError } from './classical-error.ts';

/** Neighbours on the circle of radius one: the first to the right, then against the clock. */
const neighbours = 8;
/** Interpolated greys that should equal their middle's differ by rounding: they count as equal. */
const rounding = 1e-9;

/** Down and across from the middle to a neighbour, to five digits, as scikit-image has them. */
const offsets = Array.from({ length: neighbours }, (_, i) => {
  const angle = (2 * Math.PI * i) / neighbours;
  const [down = 0, across = 0] = [-Math.sin(angle), Math.cos(angle)].map((value) => Math.round(value * 1e5) / 1e5);
  return { down, across };
});

/** Kinds of patterns: 58 uniform ones, and one for all others. */
export const lbpCodes = neighbours * (neighbours - 1) + 3;

/** The kind of each of the 256 patterns (bit i: neighbour i is at least as light as the middle), numbered as scikit-image's `nri_uniform`. */
const codeOf = Uint8Array.from({ length: 2 ** neighbours }, (_, pattern) => {
  const bits = Array.from({ length: neighbours }, (_, i) => (pattern >> i) & 1);
  const changes = bits.filter((bit, i) => bit !== bits[(i + 1) % neighbours]).length;
  if (changes > 2) return lbpCodes - 1;
  const ones = bits.filter((bit) => bit === 1).length;
  if (ones === 0) return 0;
  if (ones === neighbours) return lbpCodes - 2;
  const turn = bits[0] === 1 ? ones - bits.indexOf(0) : neighbours - bits.indexOf(1);
  return 1 + (ones - 1) * neighbours + turn;
});

/**
 * Local binary patterns (Ojala, Pietikäinen and Mäenpää, 2002, "Multiresolution gray-scale and rotation invariant texture classification"), of
 * images of one shape: eight neighbours at radius one, uniform patterns each by itself and all others together (59 kinds), counted in
 * cells. Beyond the edge it is black. A cell's numbers are the roots of its shares, so that products of them compare distributions
 * (Hellinger); cells that would reach over the edge are left out.
 */
export class Lbp {
  readonly cells: readonly [rows: number, columns: number];
  /** Numbers an image has: 59 a cell, cells row by row. */
  readonly length: number;
  readonly #shape: Shape;
  readonly #cell: number;
  readonly #grey: Float64Array;
  readonly #codes: Uint8Array;
  readonly #circle: readonly Neighbour[];

  /**
   * @param shape HWC, of one channel or three: colours are made grey.
   * @param cell its side, in pixels.
   * @throws ClassicalError where not one cell fits.
   */
  constructor(shape: Shape, cell: number) {
    const [height = 0, width = 0] = shape;
    this.#shape = shape;
    this.#cell = cell;
    this.cells = [Math.floor(height / cell), Math.floor(width / cell)];
    if (Math.min(...this.cells) < 1) {
      throw new ClassicalError(`A cell of ${cell} pixels does not fit into ${height}×${width} pixels`);
    }
    this.length = this.cells[0] * this.cells[1] * lbpCodes;
    // A border of black all around.
    this.#grey = new Float64Array((height + 2) * (width + 2));
    this.#codes = new Uint8Array(height * width);
    this.#circle = offsets.map(({ down, across }) => neighbourAt(down, across, width + 2));
  }

  /** Writes an image's `length` numbers to `out`, from `at` on. @param pixels HWC bytes. */
  write(pixels: Uint8Array, out: Float32Array, at = 0): void {
    const codes = this.codes(pixels);
    const [, width = 0] = this.#shape;
    const [rows, columns] = this.cells;
    out.fill(0, at, at + this.length);
    for (let y = 0; y < rows * this.#cell; y++) {
      const row = Math.floor(y / this.#cell) * columns;
      for (let x = 0; x < columns * this.#cell; x++) {
        out[at + (row + Math.floor(x / this.#cell)) * lbpCodes + codes[y * width + x]!]! += 1;
      }
    }
    for (let i = at; i < at + this.length; i++) out[i] = Math.sqrt(out[i]!) / this.#cell;
  }

  /** The kind of each pixel's pattern, row by row. The array is written anew with each call. */
  codes(pixels: Uint8Array): Uint8Array {
    const [height = 0, width = 0] = this.#shape;
    this.#placeGrey(pixels);
    const grey = this.#grey;
    const circle = this.#circle;
    const row = width + 2;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const middle = (y + 1) * row + x + 1;
        const least = grey[middle]! - rounding;
        let pattern = 0;
        for (let i = 0; i < neighbours; i++) {
          const { at, next, under, beside, below } = circle[i]!;
          const corner = middle + at;
          // Linearly between four pixels.
          const upper = (1 - beside) * grey[corner]! + beside * grey[corner + next]!;
          const lower = (1 - beside) * grey[corner + under]! + beside * grey[corner + under + next]!;
          if ((1 - below) * upper + below * lower >= least) pattern |= 1 << i;
        }
        this.#codes[y * width + x] = codeOf[pattern]!;
      }
    }
    return this.#codes;
  }

  #placeGrey(pixels: Uint8Array): void {
    const [height = 0, width = 0, channels = 0] = this.#shape;
    for (let y = 0, from = 0; y < height; y++) {
      for (let x = 0; x < width; x++, from += channels) {
        this.#grey[(y + 1) * (width + 2) + x + 1] =
          channels === 1 ? pixels[from]! : Math.round(greyFromRgb(pixels[from]!, pixels[from + 1]!, pixels[from + 2]!));
      }
    }
  }
}

/** Where a neighbour lies among four pixels. */
type Neighbour = {
  /** From the middle to the upper left of them. */
  readonly at: number;
  /** From there to the right and down; 0 on a whole column or row, where the pixel after it counts for nothing and may not be there. */
  readonly next: number;
  readonly under: number;
  /** How far it is to the right and down, from 0 to 1. */
  readonly beside: number;
  readonly below: number;
};

function neighbourAt(down: number, across: number, row: number): Neighbour {
  const [top, left] = [Math.floor(down), Math.floor(across)];
  const [below, beside] = [down - top, across - left];
  return { at: top * row + left, next: beside === 0 ? 0 : 1, under: below === 0 ? 0 : row, beside, below };
}
