/** Takes a file apart as NumPy's format description (NEP 1, version 1.0) says. */
export function takenApart(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.slice(10, 10 + length));
  const values: number[] = [];
  for (let at = 10 + length; at < bytes.length; at += 4) values.push(view.getFloat32(at, true));
  const shape = /'shape': \((.*?)\)/.exec(header)![1]!;
  return {
    mark: [...bytes.subarray(0, 8)],
    length,
    header,
    shape: shape
      .split(',')
      .filter((side) => side.trim() !== '')
      .map(Number),
    values,
  };
}
