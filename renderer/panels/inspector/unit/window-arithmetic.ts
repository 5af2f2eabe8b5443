import type { ConvolutionArithmetic } from '../../../../shared/network-arithmetic/convolution.ts';
import type { Tensor } from '../../../../shared/network-arithmetic/tensor.ts';
import { type ColourScale, imageScale } from '../../../colours/colour-scale.ts';
import type { Arithmetic, WindowChannel } from '../../../controls/window-arithmetic/arithmetic.ts';
import { rangeOf } from './planes.ts';

const colours = [
  { name: 'R', tint: 'red' },
  { name: 'G', tint: 'green' },
  { name: 'B', tint: 'blue' },
] as const;

/**
 * A unit's arithmetic as the window of the bench draws it.
 * @param isImage the layer reads the image itself.
 */
export function drawnArithmetic(said: ConvolutionArithmetic, input: Tensor, isImage: boolean): Arithmetic {
  const isColour = isImage && input.shape[2] === 3;
  const channels = said.channels.map(({ channel, values, weights, products, outside, sum }): WindowChannel => ({
    ...(isColour ? colours[channel]! : { name: String(channel + 1), tint: 'none' as const }),
    values,
    weights,
    products,
    outside,
    sum,
  }));
  return {
    height: said.size,
    width: said.size,
    channels,
    sum: said.sum,
    bias: said.bias,
    biased: said.biased,
    activated: said.result,
    scales: scalesOf(said, input, isImage),
  };
}

function scalesOf({ channels }: ConvolutionArithmetic, input: Tensor, isImage: boolean): Arithmetic['scales'] {
  const range = rangeOf(input);
  const outside = channels[0]?.values.filter((_, i) => channels[0]!.outside[i]) ?? [];
  const min = Math.min(range.min, ...outside);
  const max = Math.max(range.max, ...outside);
  const reach = Math.max(-min, max) || 1;
  const largest = (of: 'weights' | 'products'): number =>
    Math.max(...channels.map((channel) => Math.max(...channel[of].map(Math.abs)))) || 1;
  return {
    values: isImage ? { ...imageScale, min, max } : around(reach, min < 0),
    weights: around(largest('weights'), true),
    // Of this window: on a scale for all windows most products would be white.
    products: around(largest('products'), true),
  };
}

function around(reach: number, isSigned: boolean): ColourScale {
  return { ...imageScale, colours: 'automatic', min: isSigned ? -reach : 0, max: reach, isSigned };
}
