/** Bytes of one image, HWC. */
export type ByteImage = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly pixels: Uint8Array;
};

/**
 * `bilinear`: each cell is read at its centre, between the two nearest pixels of each axis, without smoothing before: PyTorch's
 * `F.interpolate(mode='bilinear')`. `area`: each cell is the mean of what it covers; where an image grows, bilinear.
 */
export type ResizeMethod = 'bilinear' | 'area';

/** An axis scaled to `scaledTo` cells, of which `count` from `from` on are wanted. */
type Axis = { readonly scaledTo: number; readonly from: number; readonly count: number };

/** What one cell reads: `weights` for the pixels from `start` on; they sum to one. */
type Taps = { readonly start: number; readonly weights: readonly number[] };

/** The image at another size. Values are rounded to the nearest byte, halves up. */
export function resize(image: ByteImage, width: number, height: number, method: ResizeMethod): Uint8Array {
  const whole = (length: number): Axis => ({ scaledTo: length, from: 0, count: length });
  return resample(image, whole(width), whole(height), method);
}

/** The middle square of the image, its shorter side scaled to `side` pixels by area. HWC. */
export function middleSquare(image: ByteImage, side: number): Uint8Array {
  const scale = side / Math.min(image.width, image.height);
  const axis = (length: number): Axis => {
    const scaledTo = Math.max(side, Math.round(length * scale));
    return { scaledTo, from: Math.floor((scaledTo - side) / 2), count: side };
  };
  return resample(image, axis(image.width), axis(image.height), 'area');
}

/** First along the rows, and only those that are read; then down the columns, a row at a time. */
function resample(image: ByteImage, across: Axis, down: Axis, method: ResizeMethod): Uint8Array {
  const { width, height, channels, pixels } = image;
  const [columns, rows] = [tapsOf(width, across, method), tapsOf(height, down, method)];
  const top = rows[0]?.start ?? 0;
  const bottom = Math.max(...rows.map(({ start, weights }) => start + weights.length));
  const stride = across.count * channels;
  const narrow = new Float64Array((bottom - top) * stride);
  for (let y = top; y < bottom; y++) {
    let to = (y - top) * stride;
    for (const { start, weights } of columns) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let at = (y * width + start) * channels + channel;
        for (let i = 0; i < weights.length; i++) {
          sum += weights[i]! * pixels[at]!;
          at += channels;
        }
        narrow[to++] = sum;
      }
    }
  }
  const small = new Uint8Array(down.count * stride);
  const sums = new Float64Array(stride);
  rows.forEach(({ start, weights }, y) => {
    sums.fill(0);
    weights.forEach((weight, i) => {
      const from = (start - top + i) * stride;
      for (let x = 0; x < stride; x++) sums[x]! += weight * narrow[from + x]!;
    });
    // A sum of weights may miss one by a hair: a half that is meant stays a half.
    for (let x = 0; x < stride; x++) small[y * stride + x] = Math.floor(sums[x]! + 0.5 + 1e-9);
  });
  return small;
}

function tapsOf(length: number, { scaledTo, from, count }: Axis, method: ResizeMethod): Taps[] {
  const step = length / scaledTo;
  const read = method === 'area' && step > 1 ? covered : between;
  return Array.from({ length: count }, (_, index) => read(from + index, step, length));
}

/** The two pixels around a cell's centre; at the edges the outermost. */
function between(cell: number, step: number, length: number): Taps {
  const centre = Math.max(0, (cell + 0.5) * step - 0.5);
  const start = Math.min(Math.floor(centre), length - 1);
  const beyond = start + 1 < length ? centre - start : 0;
  return beyond === 0 ? { start, weights: [1] } : { start, weights: [1 - beyond, beyond] };
}

/** All pixels a cell covers, each by the share of the cell that it fills. */
function covered(cell: number, step: number, length: number): Taps {
  const [begin, end] = [cell * step, (cell + 1) * step];
  const start = Math.floor(begin);
  const stop = Math.min(length, Math.ceil(end - 1e-9));
  const weights = Array.from({ length: stop - start }, (_, index) => {
    const pixel = start + index;
    return (Math.min(end, pixel + 1) - Math.max(begin, pixel)) / step;
  });
  return { start, weights };
}
