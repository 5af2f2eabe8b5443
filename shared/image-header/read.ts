import type { ImageFormat } from './format.ts';
import { bmpHeader, checkBmpBody } from './formats/bmp.ts';
import { checkGifBody, gifHeader } from './formats/gif.ts';
import { checkJpegBody, jpegHeader } from './formats/jpeg.ts';
import { checkPngBody, pngHeader } from './formats/png.ts';
import { checkWebpBody, webpHeader } from './formats/webp.ts';
import { ImageError } from './image-error.ts';
import { type ImageHeader, mostPixels } from './image-header.ts';

type Reader = {
  readonly header: (view: DataView) => ImageHeader;
  readonly checkBody: (view: DataView, header: ImageHeader) => void;
};

const readers: Record<ImageFormat, Reader> = {
  png: { header: pngHeader, checkBody: checkPngBody },
  jpeg: { header: jpegHeader, checkBody: checkJpegBody },
  webp: { header: webpHeader, checkBody: checkWebpBody },
  gif: { header: gifHeader, checkBody: checkGifBody },
  bmp: { header: bmpHeader, checkBody: checkBmpBody },
};

/**
 * Reads the size of an image file of this format from its first bytes.
 *
 * @throws ImageError if the header is damaged, has no size, is larger than 64 megapixels, or promises far more than the file can hold.
 */
export function readImageHeader(bytes: Uint8Array, format: ImageFormat): ImageHeader {
  const header = withinFile(() => readers[format].header(viewOf(bytes)));
  const { width, height, leastBytes } = header;
  if (width === 0 || height === 0) throw new ImageError(`It has no size: ${width}×${height} pixels`);
  if (width * height > mostPixels) {
    const size = `${width}×${height}`;
    throw new ImageError(`Its ${size} pixels are more than 64 megapixels: make it smaller`, 'too-many-pixels', size);
  }
  if (bytes.length < leastBytes) {
    throw new ImageError(`It promises ${width}×${height} pixels, which its ${bytes.length} bytes cannot hold`);
  }
  return header;
}

/**
 * Looks, without decoding, whether the (first) picture of a file is there to its end: decoders fill what is missing with grey, or with
 * nothing, and do not say so.
 *
 * @throws ImageError if it is cut short, or made to be decoded without end.
 */
export function checkImageBody(bytes: Uint8Array, format: ImageFormat, header: ImageHeader): void {
  withinFile(() => readers[format].checkBody(viewOf(bytes), header));
}

/** A view throws a RangeError where it is read beyond its end. */
function withinFile<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new ImageError('Its header is cut short', 'cut-short');
    throw error;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
