import { inflateSync } from 'node:zlib';
import { checkJpegBody } from '../../../../shared/image-header/formats/jpeg.ts';
import { pngInflatedBytes } from '../../../../shared/image-header/formats/png.ts';
import { ImageError } from '../../../../shared/image-header/image-error.ts';
import type { ImageHeader } from '../../../../shared/image-header/image-header.ts';

/**
 * Refuses files whose header is honest and whose contents are not: those that make pngjs or jpeg-js take memory or time without end.
 *
 * @throws ImageError naming what is wrong.
 */
export function refuseBomb(bytes: Uint8Array, format: 'png' | 'jpeg', header: ImageHeader): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === 'png') refusePngBomb(bytes, view);
  else checkJpegBody(view, header);
}

/** pngjs believes the last of several headers, and inflates interlaced pixels without a limit. */
function refusePngBomb(bytes: Uint8Array, view: DataView): void {
  const isInterlaced = view.getUint8(28) !== 0;
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === 0x49484452 && at > 8) throw new ImageError('It has two PNG headers');
    if (type === 0x49444154 && isInterlaced) data.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  // Seven passes have at most twice the rows, each with a byte of filter and a byte begun.
  if (isInterlaced) inflateSync(Buffer.concat(data), { maxOutputLength: 3 * pngInflatedBytes(view) + 1024 });
}
