/**
 * An array as a NumPy file, version 1.0 (NEP 1): little-endian float32 in C order.
 * @throws RangeError if there are not as many values as the shape says.
 */
export function npyFromArray(shape: readonly number[], values: Float32Array): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((product, side) => product * side, 1);
  if (values.length !== count) {
    throw new RangeError(`An array of ${shape.join('×')} holds ${count} numbers, not ${values.length}`);
  }
  const sides = shape.length === 1 ? `${shape[0]!},` : shape.join(', ');
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`;
  // Mark, version and length take ten bytes; with the header, closed by a line feed, a multiple of 64.
  const begin = Math.ceil((10 + head.length + 1) / 64) * 64;
  const bytes = new Uint8Array(begin + count * 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  view.setUint16(8, begin - 10, true);
  bytes.set(new TextEncoder().encode(`${head.padEnd(begin - 11)}\n`), 10);
  for (let i = 0; i < count; i++) view.setFloat32(begin + i * 4, values[i]!, true);
  return bytes;
}
