import { inflateSync } from 'node:zlib';
import { type ImageHeader, mostPixels } from './header.ts';
import { ImageError } from './image-error.ts';

/** Cameras use one pass, the web about ten; at 64 megapixels more would take minutes. */
const mostPasses = 20;

/**
 * Refuses files whose header is honest and whose contents are not: those that make pngjs or jpeg-js take memory or time without end.
 *
 * @throws ImageError naming what is wrong.
 */
export function refuseBomb(bytes: Uint8Array, header: ImageHeader): void {
  if (header.format === 'png') refusePngBomb(bytes, header);
  else refuseJpegBomb(bytes, header);
}

/** pngjs believes the last of several headers, and inflates interlaced pixels without a limit. */
function refusePngBomb(bytes: Uint8Array, { inflatedBytes = 0 }: ImageHeader): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isInterlaced = view.getUint8(28) !== 0;
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x49484452 && at > 8) throw new ImageError('It has two PNG headers');
    if (type === 0x49444154 && isInterlaced) data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  // Seven passes have at most twice the rows, each with a byte of filter and a byte begun.
  if (isInterlaced) inflateSync(Buffer.concat(data), { maxOutputLength: 3 * inflatedBytes + 1024 });
}

/** jpeg-js goes over all blocks once a pass, and fills what a file that ends too early leaves out. */
function refuseJpegBomb(bytes: Uint8Array, { width, height }: ImageHeader): void {
  let [passes, lastPass, lastEnd] = [0, -1, -1];
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) [passes, lastPass] = [passes + 1, at];
    if (bytes[at + 1] === 0xd9) lastEnd = at;
  }
  if (lastEnd < lastPass) throw new ImageError('It is cut short: its JPEG end is missing');
  if (passes * width * height > mostPasses * mostPixels) {
    throw new ImageError(`It is coded in ${passes} passes, too many for ${width}×${height} pixels`);
  }
}
