import type { PixelScale } from '../../../shared/network/spec.ts';
import type { Arithmetic } from './arithmetic.ts';
import { float32, type Output } from './graph.ts';

const zeroToOne: PixelScale = { kind: 'range', low: 0, high: 1 };

/** Bytes (or whole numbers) 0–255, channels last, as the first layer reads them; float32. */
export function scaledPixels(math: Arithmetic, pixels: Output, scale: PixelScale = zeroToOne): Output {
  const values = math.cast(pixels, float32);
  switch (scale.kind) {
    case 'range': {
      const stretched = math.scale(values, (scale.high - scale.low) / 255);
      return scale.low === 0 ? stretched : math.add(stretched, math.graph.number(scale.low));
    }
    case 'standardised': {
      const row = (numbers: readonly number[]): Output => math.graph.constant(float32, [numbers.length], numbers);
      const factor = row(scale.deviation.map((deviation) => 1 / (255 * deviation)));
      const offset = row(scale.mean.map((mean, channel) => mean / scale.deviation[channel]!));
      return math.subtract(math.multiply(values, factor), offset);
    }
    default:
      return scale satisfies never;
  }
}

/** What stands around an image that is moved: black for a range, the mean for standardised pixels. */
export function backgroundOf(scale: PixelScale = zeroToOne): number {
  return scale.kind === 'range' ? scale.low : 0;
}
