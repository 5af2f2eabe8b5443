import { largestSide } from '../../shared/bench/experiment.ts';
import type { ByteImage } from '../../shared/dataset/resize.ts';
import { foreignTypeOf, imageFormatOf } from '../../shared/image-header/format.ts';
import { ImageError } from '../../shared/image-header/image-error.ts';
import { checkImageBody, readImageHeader } from '../../shared/image-header/read.ts';
import { fitted, fittedSize } from './fitted.ts';
import { imageFromRgba } from './image-from-rgba.ts';
import { ImageRefusal } from './image-refusal.ts';

/** Larger files are not read: no photograph is. */
const mostBytes = 64 * 2 ** 20;

/** Larger pictures are first made smaller by Chromium, or their bytes would take gigabytes here. */
const largestDecoded = 4096;

/**
 * Decodes an image file by Chromium, in the sandbox, after its first bytes have said what it is and how large; its name does not count.
 * Of several pictures the first; turned as the camera held it (EXIF); in sRGB; transparent parts over white. With its longest side at
 * most 1024 pixels, by area. RGB, or one channel where all pixels are grey.
 *
 * @throws ImageRefusal if it cannot be used.
 */
export async function decodeImage(file: Blob, name: string): Promise<ByteImage> {
  if (file.size === 0) throw new ImageRefusal({ code: 'empty-file', subject: name });
  if (file.size > mostBytes) throw new ImageRefusal({ code: 'file-too-large', subject: name });
  const bytes = await bytesOf(file, name);
  check(bytes, name);
  const bitmap = await bitmapOf(bytes, name);
  try {
    return fitted(pixelsOf(bitmap), largestSide);
  } finally {
    bitmap.close();
  }
}

async function bytesOf(file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new ImageRefusal({ code: 'file-unreadable', subject: name });
  }
}

/** Refuses what is no image, what is too large, and what is not all there. */
function check(bytes: Uint8Array, name: string): void {
  const format = imageFormatOf(bytes);
  if (!format) {
    const type = foreignTypeOf(bytes);
    throw new ImageRefusal(
      type ? { code: 'unsupported-type', subject: name, detail: type } : { code: 'not-an-image', subject: name },
    );
  }
  try {
    checkImageBody(bytes, format, readImageHeader(bytes, format));
  } catch (error) {
    if (error instanceof ImageError) throw new ImageRefusal({ ...noticeOf(error), subject: name });
    throw error;
  }
}

function noticeOf({ code, detail }: ImageError) {
  switch (code) {
    case 'damaged':
      return { code: 'image-damaged' } as const;
    case 'cut-short':
      return { code: 'image-cut-short' } as const;
    case 'too-many-pixels':
      return { code: 'too-many-pixels', detail } as const;
    case 'unsupported':
      return { code: 'unsupported-type', detail } as const;
    default:
      return code satisfies never;
  }
}

/** Decoded from the very bytes that were checked: the file may have changed since. */
async function bitmapOf(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<ImageBitmap> {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const { width, height } = fittedSize(bitmap, largestDecoded);
    if (width === bitmap.width && height === bitmap.height) return bitmap;
    const smaller = await createImageBitmap(bitmap, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: 'high',
    });
    bitmap.close();
    return smaller;
  } catch {
    throw new ImageRefusal({ code: 'image-damaged', subject: name });
  }
}

function pixelsOf(bitmap: ImageBitmap): ByteImage {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no 2D canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  return imageFromRgba(width, height, context.getImageData(0, 0, width, height).data);
}
