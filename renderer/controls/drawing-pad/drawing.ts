/**
 * A square grey picture that is painted on: 0 = black background, 1 = white stroke, row by row.
 * Coordinates are in cells: (0, 0) is the top left corner of the first cell, (0.5, 0.5) its middle.
 */
export class Drawing {
  readonly side: number;
  readonly #brush: number;
  #cells: Float32Array;
  readonly #past: Float32Array[] = [];

  /** @param brush radius of the pen, in cells. */
  constructor(side: number, brush = 1.15) {
    this.side = side;
    this.#brush = brush;
    this.#cells = new Float32Array(side * side);
  }

  get cells(): Readonly<Float32Array> {
    return this.#cells;
  }

  get isEmpty(): boolean {
    return this.#cells.every((cell) => cell === 0);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** Remembers the picture as it is: what is painted from here on is one step of undo. */
  begin(): void {
    this.#past.push(this.#cells.slice());
    if (this.#past.length > maximumUndo) this.#past.shift();
  }

  /** Paints a soft line. */
  stroke(fromX: number, fromY: number, toX: number, toY: number): void {
    const dabs = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY) / dabDistance));
    for (let i = 0; i <= dabs; i++) {
      this.dab(fromX + ((toX - fromX) * i) / dabs, fromY + ((toY - fromY) * i) / dabs);
    }
  }

  /** Paints one soft dot: white in its middle, fading over a cell at its rim. */
  dab(x: number, y: number): void {
    const reach = this.#brush + 1;
    const within = (value: number) => Math.min(this.side, Math.max(0, Math.floor(value)));
    for (let row = within(y - reach); row < within(y + reach + 1); row++) {
      for (let column = within(x - reach); column < within(x + reach + 1); column++) {
        const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
        const ink = Math.min(1, Math.max(0, this.#brush + 0.5 - distance));
        const at = row * this.side + column;
        if (ink > this.#cells[at]!) this.#cells[at] = ink;
      }
    }
  }

  clear(): void {
    if (this.isEmpty) return;
    this.begin();
    this.#cells = new Float32Array(this.side * this.side);
  }

  /** Becomes another picture, which nothing leads back from; without one, black. */
  become(cells?: ArrayLike<number>): void {
    this.#cells = cells ? Float32Array.from(cells) : new Float32Array(this.side * this.side);
    this.#past.length = 0;
  }

  undo(): void {
    this.#cells = this.#past.pop() ?? this.#cells;
  }

  /** The picture as bytes, as it was painted. */
  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#cells, (cell) => Math.round(cell * 255));
  }

  /** As the network is shown it: bytes, with the centre of mass in the middle, as MNIST's digits were centred. */
  pixels(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(centred(this.#cells, this.side), (cell) => Math.round(cell * 255));
  }
}

const maximumUndo = 50;
const dabDistance = 0.35;

/** Moves a picture by whole cells so that its centre of mass comes as near to the middle as that allows. */
export function centred(cells: Readonly<Float32Array>, side: number): Float32Array {
  let [mass, x, y] = [0, 0, 0];
  cells.forEach((cell, at) => {
    mass += cell;
    x += cell * ((at % side) + 0.5);
    y += cell * (Math.floor(at / side) + 0.5);
  });
  const moved = new Float32Array(cells.length);
  if (mass === 0) return moved;
  const right = Math.round(side / 2 - x / mass);
  const down = Math.round(side / 2 - y / mass);
  cells.forEach((cell, at) => {
    const [column, row] = [(at % side) + right, Math.floor(at / side) + down];
    if (column >= 0 && column < side && row >= 0 && row < side) moved[row * side + column] = cell;
  });
  return moved;
}
