import { describe, expect, it } from 'vitest';
import { Dice } from '../random/testing/dice.ts';
import { float32sOf, readSafetensors } from './read.ts';
import { SafetensorsError } from './safetensors.ts';
import { safetensorsFrom, safetensorsHeader } from './write.ts';

/** The pieces of a file, put together. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** A file with this header, as it stands, and so many bytes after it. */
function fileOf(header: string, data: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const dice = new Dice(11);
const shapes = [[5, 5, 1, 6], [6], [], [2, 0, 3], [84, 10]];
const tensors = shapes.map((shape, index) => ({
  name: ['C1/kernel', 'C1/bias', '__proto__', '7', 'שכבה/kernel'][index]!,
  shape,
  values: dice.numbers(shape.reduce((product, length) => product * length, 1)),
}));
const file = joined(safetensorsFrom(tensors, { preset: 'lenet5-textbook', step: '50' }));

describe('a safetensors file', () => {
  it('gives back each tensor and the metadata', () => {
    const { tensors: found, metadata } = readSafetensors(file, 'model.safetensors');
    expect(metadata).toEqual({ preset: 'lenet5-textbook', step: '50' });
    expect([...found.keys()].sort()).toEqual(tensors.map(({ name }) => name).sort());
    for (const { name, shape, values } of tensors) {
      expect(found.get(name)).toMatchObject({ dtype: 'F32', shape });
      expect(float32sOf(found.get(name)!)).toEqual(values);
    }
  });

  it('is laid out as its description says: a length, JSON, and the numbers little-endian', () => {
    const [one] = tensors;
    const small = joined(safetensorsFrom([{ ...one!, shape: [3], values: Float32Array.of(1, -2, 0.5) }]));
    const length = Number(new DataView(small.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(new TextDecoder().decode(small.subarray(8, 8 + length)).trimEnd()).toBe(
      '{"C1/kernel":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}',
    );
    expect([...small.subarray(8 + length)]).toEqual([0, 0, 128, 63, 0, 0, 0, 192, 0, 0, 0, 63]);
  });

  it('can be read where it begins anywhere in a buffer', () => {
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    const { tensors: found } = readSafetensors(shifted.subarray(3), 'model.safetensors');
    expect(float32sOf(found.get('C1/kernel')!)).toEqual(tensors[0]!.values);
  });

  it('is not written with two tensors of one name, or with a number too few', () => {
    expect(() => safetensorsHeader([1, 2].map(() => ({ name: 'a', dtype: 'U8', shape: [1] })))).toThrow('called a');
    expect(() => safetensorsHeader([{ name: '__metadata__', dtype: 'U8', shape: [1] }])).toThrow('called __metadata__');
    expect(() => safetensorsFrom([{ name: 'a', shape: [2, 2], values: new Float32Array(3) }])).toThrow(
      'a of 2×2 holds 4 numbers, not 3',
    );
  });
});

describe('a file that lies is refused:', () => {
  const tensor = (begin: number, end: number, rest = '"dtype":"F32","shape":[2]') =>
    `{${rest},"data_offsets":[${begin},${end}]}`;
  it.each<[string, Uint8Array, string, string]>([
    ['nothing in it', new Uint8Array(0), 'too-short', 'it has 0 bytes'],
    ['a header beyond its end', fileOf('{}', 0).subarray(0, 9), 'too-short', 'ends within its header'],
    ['a header without end', Uint8Array.from({ length: 16 }, () => 255), 'header-too-large', 'larger than 4 MB'],
    ['another beginning', fileOf(' {}', 0), 'header-invalid', 'does not begin with {'],
    ['no JSON', fileOf('{"a"}', 0), 'header-invalid', 'not JSON'],
    ['something behind the JSON', fileOf('{} {}', 0), 'header-invalid', 'not JSON'],
    ['a tensor twice', fileOf(`{"a":${tensor(0, 8)},"\\u0061":${tensor(8, 16)}}`, 16), 'duplicate-name', '“a” twice'],
    [
      'a key of a tensor twice',
      fileOf(`{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 8),
      'duplicate-name',
      '“dtype” twice',
    ],
    ['metadata that are no texts', fileOf('{"__metadata__":{"step":5}}', 0), 'header-invalid', 'not texts'],
    ['a tensor that is a number', fileOf('{"a":1}', 0), 'header-invalid', '“a” does not say'],
    ['a shape below zero', fileOf(`{"a":${tensor(0, 8, '"dtype":"F32","shape":[-2]')}}`, 8), 'header-invalid', '“a”'],
    ['half a length', fileOf(`{"a":${tensor(0, 8, '"dtype":"F32","shape":[2.5]')}}`, 8), 'header-invalid', '“a”'],
    ['a key too many', fileOf(`{"a":${tensor(0, 8, '"dtype":"F32","shape":[2],"x":1')}}`, 8), 'header-invalid', '“a”'],
    [
      'numbers of another type',
      fileOf(`{"a":${tensor(0, 8, '"dtype":"F64","shape":[1]')}}`, 8),
      'unknown-dtype',
      'F64',
    ],
    [
      'a type from Object',
      fileOf(`{"a":${tensor(0, 8, '"dtype":"toString","shape":[1]')}}`, 8),
      'unknown-dtype',
      'toS',
    ],
    [
      'a gap',
      fileOf(`{"a":${tensor(0, 8)},"b":${tensor(12, 20)}}`, 20),
      'wrong-offsets',
      'gap or an overlap before “b”',
    ],
    ['an overlap', fileOf(`{"a":${tensor(0, 8)},"b":${tensor(4, 12)}}`, 12), 'wrong-offsets', 'before “b”'],
    ['bytes before the first', fileOf(`{"a":${tensor(8, 16)}}`, 16), 'wrong-offsets', 'before “a”'],
    ['bytes that are nobody’s', fileOf(`{"a":${tensor(0, 8)}}`, 9), 'wrong-offsets', '1 bytes at its end'],
    ['an end within a tensor', fileOf(`{"a":${tensor(0, 8)}}`, 7), 'too-short', 'it ends within “a”'],
    ['an end before its beginning', fileOf(`{"a":${tensor(0, -8)}}`, 0), 'header-invalid', '“a”'],
    ['more bytes than numbers', fileOf(`{"a":${tensor(0, 12)}}`, 12), 'wrong-offsets', '“a” of 2 F32'],
    [
      'a shape whose product overflows',
      fileOf(`{"a":${tensor(0, 0, '"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296]')}}`, 0),
      'wrong-offsets',
      '“a” of 4294967296×',
    ],
  ])('%s', (_name, bytes, code, words) => {
    expect(() => readSafetensors(bytes, 'a.safetensors')).toThrow(SafetensorsError);
    try {
      readSafetensors(bytes, 'a.safetensors');
    } catch (error) {
      expect(error).toMatchObject({ code });
      expect((error as Error).message).toMatch(/^a\.safetensors is no safetensors file/);
      expect((error as Error).message).toContain(words);
    }
  });

  it('three thousand mutants of a good one are read as they are or refused by name, and nothing else', () => {
    const header = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
    let refused = 0;
    for (let mutant = 0; mutant < 3000; mutant++) {
      const bytes = [...file];
      for (let change = dice.whole(1, 3); change > 0; change--) {
        const at = dice.whole(0, header + 4);
        const kind = dice.whole(0, 3);
        if (kind === 0) bytes[at] = dice.whole(0, 255);
        else if (kind === 1) bytes.splice(at, dice.whole(1, 20));
        else if (kind === 2) bytes.splice(at, 0, ...bytes.slice(at, at + dice.whole(1, 60)));
        else bytes[at] = '0123456789{}[]",:'.charCodeAt(dice.whole(0, 16));
      }
      try {
        const { tensors: found } = readSafetensors(Uint8Array.from(bytes), 'mutant');
        const size = [...found.values()].reduce((sum, tensor) => sum + tensor.bytes.length, 0);
        const length = Number(new DataView(Uint8Array.from(bytes).buffer).getBigUint64(0, true));
        // What is accepted is consistent: all bytes belong to a tensor.
        expect(8 + length + size).toBe(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(2000);
  });
});
