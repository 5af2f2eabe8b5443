import type { PrincipalAxes } from '../../shared/dataset/principal-axes.ts';
import type { PixelScale } from '../../shared/network/spec.ts';
import type { Augmentation as Recipe } from '../../shared/training/recipe.ts';
import type { Shape } from '../../shared/tensor/shape.ts';
import type { Augmentation, ColourNoise } from './graph/augment.ts';
import { backgroundOf } from './graph/pixels.ts';

/**
 * What the graph does to images of `stored` shape on their way to a network that reads `input`.
 *
 * A recipe's shift and crop both surround the image with background and cut anywhere: alone they come to the same.
 */
export function augmentationFor(
  recipe: Recipe,
  options: {
    readonly stored: Shape;
    readonly input: Shape;
    readonly pixels: PixelScale | undefined;
    /** Of the training pixels, in bytes. */
    readonly colours: () => PrincipalAxes;
  },
): Augmentation {
  const { stored, input, pixels, colours } = options;
  const [height = 0, width = 0] = input;
  const isLarger = stored[0] !== height || stored[1] !== width;
  const around = (recipe.shift ?? 0) + (recipe.crop?.pad ?? 0);
  return {
    ...(around > 0 && { padding: { pixels: around, fill: backgroundOf(pixels) } }),
    ...((isLarger || around > 0) && { crop: [height, width] as const }),
    ...(recipe.flip && { flip: true }),
    ...(recipe.colour && { colourNoise: colourNoise(recipe.colour, colours(), pixels) }),
  };
}

/** In the units of the network's pixels. λ of the paper is taken as the deviation along a direction: variances of bytes would drown the image. */
function colourNoise(
  deviation: number,
  { values, vectors }: PrincipalAxes,
  pixels: PixelScale | undefined,
): ColourNoise {
  const perByte = (channel: number): number => {
    if (pixels?.kind === 'standardised') return 1 / (255 * pixels.deviation[channel]!);
    return pixels ? (pixels.high - pixels.low) / 255 : 1 / 255;
  };
  return {
    deviation,
    values: values.map(Math.sqrt),
    vectors: vectors.map((vector) => vector.map((share, channel) => share * perByte(channel))),
  };
}
