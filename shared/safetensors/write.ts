import { type Dtype, dtypes, lengthBytes, metadataKey } from './safetensors.ts';
import { sizeOf } from '../tensor/shape.ts';

/** A tensor that a header announces. */
export type AnnouncedTensor = { readonly name: string; readonly dtype: Dtype; readonly shape: readonly number[] };

/**
 * The beginning of a safetensors file: the header's length and the header. The tensors' bytes follow it, one after the other, in this order.
 *
 * It is filled up with spaces to a multiple of eight bytes, so that the first tensor stands where a processor likes it.
 * @throws Error if two tensors share a name.
 */
export function safetensorsHeader(
  tensors: readonly AnnouncedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  // Not an object, whose keys could be `__proto__`, and would be sorted where they are numbers.
  const entries: string[] = [];
  const names = new Set([metadataKey]);
  if (Object.keys(metadata).length > 0) entries.push(entry(metadataKey, metadata));
  let begin = 0;
  for (const { name, dtype, shape } of tensors) {
    if (names.has(name)) throw new Error(`Two tensors cannot be called ${name}`);
    names.add(name);
    const end = begin + sizeOf(shape) * dtypes[dtype];
    entries.push(entry(name, { dtype, shape, data_offsets: [begin, end] }));
    begin = end;
  }
  const header = new TextEncoder().encode(`{${entries.join(',')}}`);
  const length = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(lengthBytes + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(header, lengthBytes);
  return bytes;
}

/**
 * A file of float32 tensors, in pieces to be written one after the other. Beside the header they are views: a network of 244 MB is not copied.
 * @throws Error if two tensors share a name, RangeError if one does not have as many numbers as its shape says.
 */
export function safetensorsFrom(
  tensors: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array }[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  for (const { name, shape, values } of tensors) {
    if (values.length !== sizeOf(shape)) {
      throw new RangeError(`${name} of ${shape.join('×')} holds ${sizeOf(shape)} numbers, not ${values.length}`);
    }
  }
  const header = safetensorsHeader(
    tensors.map(({ name, shape }) => ({ name, shape, dtype: 'F32' })),
    metadata,
  );
  // As the processor has them: little-endian on every one that TensorFlow and Electron run on.
  return [header, ...tensors.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength))];
}

function entry(name: string, value: object): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}
