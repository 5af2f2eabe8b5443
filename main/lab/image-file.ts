import type { ByteImage } from '../../shared/dataset/resize.ts';
import { readImageFile } from '../worker/dataset/images/read-image-file.ts';
import { reasonOf } from './file-reasons.ts';

/**
 * The picture in a PNG or JPEG file, RGB.
 * @throws Error naming the file, if it is none, or no image that can be read.
 */
export async function pictureIn(path: string): Promise<ByteImage> {
  try {
    return await readImageFile(path);
  } catch (error) {
    const why = reasonOf(error);
    throw new Error(`${path} cannot be read: ${why.charAt(0).toLowerCase()}${why.slice(1)}`, { cause: error });
  }
}
