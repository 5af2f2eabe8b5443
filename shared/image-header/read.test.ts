import { describe, expect, it } from 'vitest';
import { foreignTypeOf, type ImageFormat, imageFormatOf } from './format.ts';
import { ImageError } from './image-error.ts';
import { checkImageBody, readImageHeader } from './read.ts';

/** Bytes of texts (one byte a character) and of numbers. */
function bytes(...parts: (string | number | readonly number[])[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'string') return Array.from(part, (character) => character.charCodeAt(0));
      return typeof part === 'number' ? [part] : [...part];
    }),
  );
}
const big32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const big16 = (value: number) => big32(value).slice(2);
const little32 = (value: number) => big32(value).reverse();
const little24 = (value: number) => little32(value).slice(0, 3);
const little16 = (value: number) => little32(value).slice(0, 2);
const zeros = (count: number) => Array.from({ length: count }, () => 0);

const pngSignature = '\x89PNG\r\n\x1a\n';
const checksum = zeros(4);

/** A grey PNG whose pixels are `data`; checksums are not looked at here. */
function png(width: number, height: number, data = 40): Uint8Array {
  return bytes(
    pngSignature,
    [...big32(13)],
    'IHDR',
    [...big32(width), ...big32(height), 8, 0, 0, 0, 0, ...checksum],
    [...big32(data)],
    'IDAT',
    [...zeros(data), ...checksum],
    big32(0),
    'IEND',
    checksum,
  );
}

/** A JPEG with a segment before its frame, one pass, and an end. */
function jpeg(width: number, height: number, frame = 0xc0): Uint8Array {
  return bytes(
    [0xff, 0xd8, 0xff, 0xe1, ...big16(6), 1, 2, 3, 4],
    // Filling, then the frame.
    [0xff, 0xff, frame, ...big16(11), 8, ...big16(height), ...big16(width), 1, 1, 0x11, 0],
    [0xff, 0xda, ...big16(8), 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0x00, 5, 0xff, 0xd9],
  );
}

function riff(...chunk: Parameters<typeof bytes>): Uint8Array {
  const body = bytes('WEBP', ...chunk);
  return bytes('RIFF', little32(body.length), [...body]);
}
const lossyWebp = (width: number, height: number) =>
  riff('VP8 ', little32(14), [0x30, 1, 0, 0x9d, 1, 0x2a, ...little16(width | 0x4000), ...little16(height)], zeros(4));
const losslessWebp = (width: number, height: number) =>
  riff('VP8L', little32(8), 0x2f, little32((width - 1) | ((height - 1) << 14) | (1 << 28)), zeros(3));
const extendedWebp = (width: number, height: number) =>
  riff('VP8X', little32(10), [2, 0, 0, 0, ...little24(width - 1), ...little24(height - 1)]);

/** A GIF with a colour table, an extension, and one picture. */
function gif(screen: readonly [number, number], picture: readonly [number, number, number, number]): Uint8Array {
  return bytes(
    'GIF89a',
    [...little16(screen[0]), ...little16(screen[1]), 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [0x2c, ...picture.flatMap(little16), 0, 2, 2, 0x44, 1, 0, 0x3b],
  );
}

/** An RGB BMP: rows of three bytes a pixel, each filled up to four. */
function bmp(width: number, height: number, { compression = 0, rows = Math.abs(height) } = {}): Uint8Array {
  return bytes(
    'BM',
    [...little32(0), ...little32(0), ...little32(54), ...little32(40), ...little32(width), ...little32(height)],
    [...little16(1), ...little16(24), ...little32(compression), ...zeros(20)],
    zeros(Math.ceil((width * 3) / 4) * 4 * rows),
  );
}
const oldBmp = (width: number, height: number) =>
  bytes(
    'BM',
    [...zeros(8), ...little32(26), ...little32(12), ...little16(width), ...little16(height), 1, 0, 24, 0],
    zeros(24),
  );

const whole: readonly [name: string, format: ImageFormat, file: Uint8Array, width: number, height: number][] = [
  ['a PNG', 'png', png(300, 200, 60), 300, 200],
  ['a JPEG', 'jpeg', jpeg(30, 20), 30, 20],
  ['a progressive JPEG', 'jpeg', jpeg(30, 20, 0xc2), 30, 20],
  ['a lossy WebP, whose sizes share their words with scales', 'webp', lossyWebp(300, 200), 300, 200],
  ['a lossless WebP', 'webp', losslessWebp(16384, 3), 16384, 3],
  ['an extended WebP', 'webp', extendedWebp(5000, 70), 5000, 70],
  ['a GIF', 'gif', gif([30, 20], [0, 0, 30, 20]), 30, 20],
  ['a GIF whose picture reaches beyond its screen', 'gif', gif([3, 2], [1, 2, 30, 20]), 31, 22],
  ['a BMP', 'bmp', bmp(5, 3), 5, 3],
  ['a BMP from the top down', 'bmp', bmp(5, -3), 5, 3],
  ['a BMP of the first kind', 'bmp', oldBmp(2, 3), 2, 3],
];

describe('an image header', () => {
  it.each(whole)('is read: %s', (_name, format, file, width, height) => {
    expect(imageFormatOf(file)).toBe(format);
    const header = readImageHeader(file, format);
    expect(header).toMatchObject({ width, height });
    expect(() => checkImageBody(file, format, header)).not.toThrow();
  });

  it.each(whole)('is told to be cut short or damaged wherever the file ends: %s', (_name, format, file) => {
    // The last byte of a GIF and of a PNG comes after all that is read.
    for (let end = 1; end < file.length - 5; end++) {
      const part = file.subarray(0, end);
      if (imageFormatOf(part) === null) continue;
      expect(() => checkImageBody(part, format, readImageHeader(part, format)), String(end)).toThrow(ImageError);
    }
  });

  it.each(whole)('throws nothing but its own error, whatever byte is changed: %s', (_name, format, file) => {
    for (let at = 0; at < file.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(file);
        changed[at] = value;
        try {
          checkImageBody(changed, format, readImageHeader(changed, format));
        } catch (error) {
          expect(error).toBeInstanceOf(ImageError);
        }
      }
    }
  });

  it.each<[string, ImageFormat, Uint8Array]>([
    ['a PNG', 'png', png(20_000, 20_000)],
    ['a JPEG', 'jpeg', jpeg(20_000, 20_000)],
    ['a WebP', 'webp', extendedWebp(20_000, 20_000)],
    ['a GIF', 'gif', gif([10, 10], [0, 0, 20_000, 20_000])],
    ['a BMP', 'bmp', bmp(20_000, 20_000, { rows: 1 })],
  ])('is refused when it says 20000×20000, before anything is decoded: %s', (_name, format, file) => {
    expect(() => readImageHeader(file, format)).toThrow('more than 64 megapixels');
    expect(() => readImageHeader(file, format)).toThrow(
      expect.objectContaining({ code: 'too-many-pixels', detail: '20000×20000' }),
    );
  });

  it.each<[string, ImageFormat, Uint8Array]>([
    ['a PNG', 'png', png(0, 5)],
    ['a JPEG', 'jpeg', jpeg(5, 0)],
    ['a WebP', 'webp', lossyWebp(0, 5)],
    ['a BMP', 'bmp', bmp(0, 5)],
  ])('is refused without a size: %s', (_name, format, file) => {
    expect(() => readImageHeader(file, format)).toThrow('no size');
  });

  it('is refused when the file is far too small for it', () => {
    expect(() => readImageHeader(png(8000, 8000), 'png')).toThrow('bytes cannot hold');
    expect(() => readImageHeader(jpeg(8000, 8000), 'jpeg')).toThrow('bytes cannot hold');
  });

  it('names the kinds of JPEG that are not read', () => {
    expect(() => readImageHeader(jpeg(8, 8, 0xc3), 'jpeg')).toThrow(
      expect.objectContaining({ code: 'unsupported', detail: 'lossless JPEG' }),
    );
    expect(() => readImageHeader(jpeg(8, 8, 0xc9), 'jpeg')).toThrow(
      expect.objectContaining({ code: 'unsupported', detail: 'arithmetic JPEG' }),
    );
  });

  it('says nothing of rows that are packed', () => {
    const packed = bmp(100, 100, { compression: 1, rows: 1 });
    expect(() => checkImageBody(packed, 'bmp', readImageHeader(packed, 'bmp'))).not.toThrow();
  });
});

describe('the type of a file', () => {
  it.each<[string, string | null]>([
    ['%PDF-1.7\n', 'PDF'],
    ['<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'SVG'],
    ['\xef\xbb\xbf<svg width="3">', 'SVG'],
    ['II*\0\x08\0\0\0', 'TIFF'],
    ['MM\0*\0\0\0\x08', 'TIFF'],
    ['\0\0\0\x18ftypheic\0\0\0\0', 'HEIC'],
    ['\0\0\0\x1cftypavif\0\0\0\0', 'AVIF'],
    ['\0\0\0\x1cftypisom\0\0\0\0', 'MP4'],
    ['8BPS\0\x01', 'PSD'],
    ['\0\0\x01\0\x01\0', 'ICO'],
    ['\xff\x0a\x00', 'JPEG XL'],
    ['\0\0\0\x0cjP  \r\n', 'JPEG 2000'],
    ['<!doctype html><p>hello', null],
    ['a text about <svg>', null],
    ['BMW drives', null],
    ['', null],
    ['\x89PNG', null],
  ])('is told by its first bytes: %j', (text, type) => {
    expect(imageFormatOf(bytes(text))).toBeNull();
    expect(foreignTypeOf(bytes(text))).toBe(type);
  });
});
