import * as v from 'valibot';
import { repeatedKey } from './repeated-key.ts';
import {
  type Dtype,
  dtypes,
  lengthBytes,
  metadataKey,
  type Safetensors,
  SafetensorsError,
  type SafetensorsFault,
  type StoredTensor,
} from './safetensors.ts';

/** A network of a thousand layers takes a tenth of it. */
const mostHeaderBytes = 4 * 2 ** 20;
const mostAxes = 16;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const metadataSchema = v.record(v.string(), v.string());
const tensorSchema = v.strictObject({
  dtype: v.string(),
  shape: v.pipe(v.array(count), v.maxLength(mostAxes)),
  data_offsets: v.strictTuple([count, count]),
});
type Announced = v.InferOutput<typeof tensorSchema> & { readonly name: string };

/**
 * Reads a safetensors file, and believes nothing of it: the tensors' bytes must cover all that follows the header, one after the
 * other, each as long as its shape says. What comes back are views of `file`.
 *
 * @param name of the file, for the message.
 * @throws SafetensorsError
 */
export function readSafetensors(file: Uint8Array, name: string): Safetensors {
  const refuse = (code: SafetensorsFault, what: string): never => {
    throw new SafetensorsError(code, name, what);
  };
  const begin = lengthBytes + headerLength(file, refuse);
  const header = jsonIn(file.subarray(lengthBytes, begin), refuse);
  const { [metadataKey]: metadata = {}, ...rest } = header;
  const said = v.safeParse(metadataSchema, metadata);
  if (!said.success) return refuse('header-invalid', `its ${metadataKey} are not texts by name`);
  const announced = Object.entries(rest).map(([tensor, value]) => announcedFrom(tensor, value, refuse));
  return { tensors: placed(announced, file.subarray(begin), refuse), metadata: said.output };
}

/** The numbers of a float32 tensor, in an array of their own. */
export function float32sOf({ bytes }: StoredTensor): Float32Array {
  const own = bytes.slice();
  return new Float32Array(own.buffer, own.byteOffset, own.byteLength / dtypes.F32);
}

type Refuse = (code: SafetensorsFault, what: string) => never;

function headerLength(file: Uint8Array, refuse: Refuse): number {
  if (file.length < lengthBytes) return refuse('too-short', `it has ${file.length} bytes and ends before its header`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > mostHeaderBytes) return refuse('header-too-large', 'its header would be larger than 4 MB');
  if (BigInt(file.length - lengthBytes) < length) return refuse('too-short', 'it ends within its header');
  return Number(length);
}

function jsonIn(bytes: Uint8Array, refuse: Refuse): Record<string, unknown> {
  if (bytes[0] !== 0x7b) return refuse('header-invalid', 'its header does not begin with {');
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    return refuse('header-invalid', 'its header is not JSON');
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) return refuse('duplicate-name', `its header has ${quoted(repeated)} twice`);
  // What begins with { and is JSON is an object.
  return header as Record<string, unknown>;
}

function announcedFrom(name: string, value: unknown, refuse: Refuse): Announced {
  const parsed = v.safeParse(tensorSchema, value);
  if (!parsed.success) {
    return refuse('header-invalid', `${quoted(name)} does not say its dtype, shape and data_offsets as it should`);
  }
  return { name, ...parsed.output };
}

/** Each tensor with its bytes, if all of them together are all bytes. */
function placed(announced: readonly Announced[], data: Uint8Array, refuse: Refuse): Map<string, StoredTensor> {
  // Empty tensors stand before the one that begins where they are.
  const inOrder = [...announced].sort(
    (a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  const tensors = new Map<string, StoredTensor>();
  let at = 0;
  for (const { name, dtype, shape, data_offsets } of inOrder) {
    const [begin, end] = data_offsets;
    if (!isKnown(dtype))
      return refuse('unknown-dtype', `${quoted(name)} is of ${quoted(dtype)}, not of ${knownDtypes}`);
    if (begin !== at) return refuse('wrong-offsets', `there is a gap or an overlap before ${quoted(name)}`);
    if (end > data.length) return refuse('too-short', `it ends within ${quoted(name)}`);
    // A product beyond 2⁵³ is inexact, and larger than any file.
    const size = shape.reduce((product, length) => product * length, dtypes[dtype]);
    if (end - begin !== size) {
      return refuse(
        'wrong-offsets',
        `${quoted(name)} of ${shape.join('×')} ${dtype} does not take ${end - begin} bytes`,
      );
    }
    tensors.set(name, { dtype, shape, bytes: data.subarray(begin, end) });
    at = end;
  }
  if (at !== data.length) return refuse('wrong-offsets', `${data.length - at} bytes at its end belong to no tensor`);
  return tensors;
}

const knownDtypes = Object.keys(dtypes).join(' or ');

function isKnown(dtype: string): dtype is Dtype {
  return Object.hasOwn(dtypes, dtype);
}

/** A name as a file has it, made fit for a sentence. */
function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `“${short.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')}”`;
}
