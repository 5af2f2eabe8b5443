export type ImageErrorCode = 'damaged' | 'cut-short' | 'too-many-pixels' | 'unsupported';

/**
 * An image file that cannot be used; the message is the cause, without the file. `detail` is what one may want to know of it, the same in
 * every language: a size, a type.
 */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly detail: string;

  constructor(message: string, code: ImageErrorCode = 'damaged', detail = '') {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}
