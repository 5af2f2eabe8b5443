import * as jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { ByteImage } from '../../../../shared/dataset/resize.ts';
import { imageFormatOf } from '../../../../shared/image-header/format.ts';
import { ImageError } from '../../../../shared/image-header/image-error.ts';
import type { ImageHeader } from '../../../../shared/image-header/image-header.ts';
import { readImageHeader } from '../../../../shared/image-header/read.ts';
import { refuseBomb } from './bombs.ts';

/** jpeg-js counts what it asks for, and stops here. */
const mostMegabytes = 1024;

/**
 * Decodes a PNG or JPEG file in plain JavaScript, after a look at what its header promises. RGB; transparent parts become white.
 * The orientation that a camera notes beside the pixels (EXIF) and colour profiles are ignored.
 *
 * @throws ImageError if the header is refused, the file is cut short or damaged so that it cannot be decoded, or it is a bomb.
 */
export function decodeImage(bytes: Uint8Array): ByteImage {
  const format = imageFormatOf(bytes);
  if (format !== 'png' && format !== 'jpeg') throw new ImageError('It is neither a PNG nor a JPEG file');
  const header = readImageHeader(bytes, format);
  const { width, height, data } = decoded(bytes, format, header);
  if (width !== header.width || height !== header.height || data.length !== width * height * 4) {
    throw new ImageError('Its header and its pixels do not agree');
  }
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += 4, to += 3) {
    const opacity = data[from + 3]!;
    for (let channel = 0; channel < 3; channel++) {
      const value = data[from + channel]!;
      pixels[to + channel] = opacity === 255 ? value : Math.round((value * opacity) / 255 + 255 - opacity);
    }
  }
  return { width, height, channels: 3, pixels };
}

function decoded(
  bytes: Uint8Array,
  format: 'png' | 'jpeg',
  header: ImageHeader,
): { width: number; height: number; data: Uint8Array } {
  try {
    refuseBomb(bytes, format, header);
    if (format === 'png') return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxMemoryUsageInMB: mostMegabytes,
    });
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError(`It cannot be decoded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
