/** An image file that cannot be used; the message is the cause, without the file. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
