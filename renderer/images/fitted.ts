import { type ByteImage, resize } from '../../shared/dataset/resize.ts';

/** The image with its longest side at most `side` pixels long, by area; one that is smaller stays as it is. */
export function fitted(image: ByteImage, side: number): ByteImage {
  const { height, width } = fittedSize(image, side);
  if (height === image.height && width === image.width) return image;
  return { height, width, channels: image.channels, pixels: resize(image, width, height, 'area') };
}

/** The size of an image whose longest side is brought to at most `side` pixels; no side is less than one. */
export function fittedSize(
  { height, width }: { readonly height: number; readonly width: number },
  side: number,
): { readonly height: number; readonly width: number } {
  const scale = Math.min(1, side / Math.max(height, width));
  return { height: Math.max(1, Math.round(height * scale)), width: Math.max(1, Math.round(width * scale)) };
}
