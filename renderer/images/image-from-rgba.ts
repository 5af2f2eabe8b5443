import type { ByteImage } from '../../shared/dataset/resize.ts';

/** The pixels of an opaque canvas: RGB, or one channel if all are grey. */
export function imageFromRgba(width: number, height: number, rgba: Uint8ClampedArray): ByteImage {
  return isGrey(rgba) ? withChannels(1, width, height, rgba) : rgbFromRgba(width, height, rgba);
}

/** The pixels of an opaque canvas in RGB, even if all are grey. */
export function rgbFromRgba(width: number, height: number, rgba: Uint8ClampedArray): ByteImage {
  return withChannels(3, width, height, rgba);
}

function withChannels(channels: 1 | 3, width: number, height: number, rgba: Uint8ClampedArray): ByteImage {
  const pixels = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[pixel * channels + channel] = rgba[pixel * 4 + channel]!;
    }
  }
  return { width, height, channels, pixels };
}

function isGrey(rgba: Uint8ClampedArray): boolean {
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  }
  return true;
}
