import { readFile, stat } from 'node:fs/promises';
import type { ByteImage } from '../../../../shared/dataset/resize.ts';
import { ImageError } from '../../../../shared/image-header/image-error.ts';
import { decodeImage } from './decode.ts';

/** No photograph has more; a file is read whole. */
const mostFileBytes = 256 * 1024 * 1024;

/**
 * Reads and decodes a PNG or JPEG file, RGB.
 *
 * @throws ImageError if it is no file, or none that can be decoded, else what the operating system says.
 */
export async function readImageFile(path: string): Promise<ByteImage> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new ImageError('It is not a file');
  if (stats.size > mostFileBytes) throw new ImageError('It is larger than 256 MB');
  return decodeImage(await readFile(path));
}
