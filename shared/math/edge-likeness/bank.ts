/** One detector as a unit vector: no mean, length 1; row by row. */
export type Template = Float64Array;

/**
 * A detector at one orientation. With `quadrature`, a pair of waves a quarter of a period apart: together they match a wave of any phase
 * (the energy model of Adelson and Bergen, 1985).
 */
export type Detector = {
  readonly family: 'sobel' | 'prewitt' | 'gabor';
  /** Degrees, anticlockwise as one sees it: 0 grows to the right, 90 upwards. In [0, 180): what grows the other way has the opposite sign. */
  readonly angle: number;
  /** Odd about the middle: dark on one side, light on the other. */
  readonly odd: Template;
  /** Even about the middle: a line. */
  readonly quadrature: Template | null;
};

/** Orientations over half a turn: none is farther from the next than 5.6°, which costs an edge half a per cent of its match. */
const orientations = 16;

/** By which Sobel's weights fall off across the derivative, 2 : 1 a cell away: the bell's standard deviation for three cells. */
const sobelDeviation = Math.sqrt(1 / (2 * Math.LN2));

/** A wave's bell is as wide as 0.56 of its length (one octave: Petkov and Kruizinga, 1997), and twice as long (Daugman, 1985). */
const bellOfWave = 0.56;

/** A wave must be longer than the two cells that show one at all. */
const shortestWave = 2.5;

const banks = new Map<string, readonly Detector[]>();

/**
 * Oriented detectors of edges and lines at the size of a kernel; the same array for the same size.
 *
 * - `sobel`: a Gaussian's derivative, as wide as makes it Sobel's at 3×3 (Sobel and Feldman, 1968; Canny, 1986, for any size);
 * - `prewitt`: from dark to light within two cells, and over two thirds of the kernel, with the same weights all along the edge: at 3×3 both are
 *   Prewitt's (1970);
 * - `gabor`: pairs of waves under a bell, one period and half a period across the kernel.
 *
 * A side of one cell has no orientation: the bank is empty.
 */
export function edgeBank(height: number, width: number): readonly Detector[] {
  const key = `${height}×${width}`;
  let bank = banks.get(key);
  if (!bank) banks.set(key, (bank = makeBank(height, width)));
  return bank;
}

function makeBank(height: number, width: number): readonly Detector[] {
  const side = Math.min(height, width);
  if (side < 2) return [];
  const deviation = (sobelDeviation * side) / 3;
  const waves = [...new Set([Math.max(shortestWave, side), Math.max(shortestWave, side / 2)])];
  const reaches = [...new Set([1, Math.max(1, side / 3)])];
  const bank: Detector[] = [];
  for (let i = 0; i < orientations; i++) {
    const angle = (i * 180) / orientations;
    const at = (weight: Weight): Template | null => template(height, width, angle, weight);
    const sobel = at((along, across) => along * bell(along, across, deviation, deviation));
    if (sobel) bank.push({ family: 'sobel', angle, odd: sobel, quadrature: null });
    for (const reach of reaches) {
      const prewitt = at((along) => Math.max(-reach, Math.min(reach, along)));
      if (prewitt) bank.push({ family: 'prewitt', angle, odd: prewitt, quadrature: null });
    }
    for (const wave of waves) {
      const width = bellOfWave * wave;
      const under = (along: number, across: number): number => bell(along, across, width, 2 * width);
      const odd = at((along, across) => Math.sin((2 * Math.PI * along) / wave) * under(along, across));
      const even = at((along, across) => Math.cos((2 * Math.PI * along) / wave) * under(along, across));
      if (odd) bank.push({ family: 'gabor', angle, odd, quadrature: even });
    }
  }
  return bank;
}

type Weight = (along: number, across: number) => number;

function bell(along: number, across: number, alongDeviation: number, acrossDeviation: number): number {
  return Math.exp(-((along / alongDeviation) ** 2 + (across / acrossDeviation) ** 2) / 2);
}

/** null where nothing is left without the mean. */
function template(height: number, width: number, angle: number, weight: Weight): Template | null {
  const turn = (angle / 180) * Math.PI;
  const values = Float64Array.from({ length: height * width }, (_, i) => {
    const right = (i % width) - (width - 1) / 2;
    const up = (height - 1) / 2 - Math.floor(i / width);
    return weight(right * Math.cos(turn) + up * Math.sin(turn), up * Math.cos(turn) - right * Math.sin(turn));
  });
  return unit(values);
}

/** Below this share of the largest weight, differences are what rounding left. */
const roundingShare = 1e-6;

/** Without its mean and of length 1; null for a kernel that is the same everywhere. */
export function unit(weights: ArrayLike<number>): Float64Array | null {
  const values = Float64Array.from(weights);
  const count = values.length;
  let largest = 0;
  let sum = 0;
  for (const value of values) {
    largest = Math.max(largest, Math.abs(value));
    sum += value;
  }
  let squares = 0;
  for (let i = 0; i < count; i++) {
    values[i] = values[i]! - sum / count;
    squares += values[i]! ** 2;
  }
  const length = Math.sqrt(squares);
  if (!(length > roundingShare * largest * Math.sqrt(count))) return null;
  for (let i = 0; i < count; i++) values[i] = values[i]! / length;
  return values;
}
