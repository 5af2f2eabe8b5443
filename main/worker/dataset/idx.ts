/** An IDX file that is not what it says: LeCun's format for MNIST, sizes big-endian. */
export class IdxError extends Error {
  override readonly name = 'IdxError';
}

export type IdxArray = {
  /** From the slowest axis: [images, rows, columns] or [labels]. */
  readonly shape: readonly number[];
  /** One unsigned byte a number, row by row: a view into the file's bytes. */
  readonly values: Uint8Array;
};

/**
 * Reads an IDX file of unsigned bytes with `axes` axes.
 * @throws IdxError if the header, the type or the length is not right; nothing is read past the end.
 */
export function readIdx(bytes: Uint8Array, axes: number): IdxArray {
  const header = 4 + 4 * axes;
  if (bytes.length < header) throw new IdxError(`The file has ${bytes.length} bytes: too few for an IDX header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0 || bytes[2] !== 0x08 || bytes[3] !== axes) {
    throw new IdxError(`The file does not start as an IDX file of bytes with ${axes} axes does`);
  }
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== header + count) {
    throw new IdxError(`The header promises ${count} numbers, the file holds ${bytes.length - header}`);
  }
  return { shape, values: bytes.subarray(header) };
}
