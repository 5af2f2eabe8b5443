import type { PixelScale } from '../../shared/network/spec.ts';

const zeroToOne: PixelScale = { kind: 'range', low: 0, high: 1 };

/** The number from 0 to 255 that a pixel was before the network's scale. */
export function pixelOf(value: number, channel: number, scale: PixelScale = zeroToOne): number {
  switch (scale.kind) {
    case 'range':
      return ((value - scale.low) / (scale.high - scale.low)) * 255;
    case 'standardised':
      return (value * scale.deviation[channel]! + scale.mean[channel]!) * 255;
    default:
      return scale satisfies never;
  }
}
