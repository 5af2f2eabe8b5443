import * as jpeg from 'jpeg-js';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../../../../shared/image-header/image-error.ts';
import { decodeImage } from './decode.ts';

/** RGBA of an image whose pixel (x, y) is (16 x, 16 y, 100), with this opacity. */
function rgba(width: number, height: number, opacity = 255): Buffer {
  const pixels = Array.from({ length: width * height }, (_, i) => [
    16 * (i % width),
    16 * Math.floor(i / width),
    100,
    opacity,
  ]);
  return Buffer.from(pixels.flat());
}

function png(width: number, height: number, opacity = 255): Buffer {
  const image = new PNG({ width, height });
  image.data = rgba(width, height, opacity);
  return PNG.sync.write(image);
}

function jpegOf(width: number, height: number): Buffer {
  return jpeg.encode({ width, height, data: rgba(width, height) }, 95).data;
}

/** A PNG's checksum (W3C PNG, annex D), so that made-up chunks are believed. */
function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function header(width: number, height: number, [depth, colourType, interlaced] = [8, 0, 0]): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colourType, 0, 0, interlaced], 8);
  return chunk('IHDR', data);
}

/** A JPEG whose header has been given another size. */
function lyingJpeg(width: number, height: number): Buffer {
  const bytes = jpegOf(16, 16);
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

describe('decoding', () => {
  it('gives the pixels of a PNG, RGB', () => {
    const { width, height, channels, pixels } = decodeImage(png(3, 2));
    expect([width, height, channels]).toEqual([3, 2, 3]);
    expect([...pixels]).toEqual([0, 0, 100, 16, 0, 100, 32, 0, 100, 0, 16, 100, 16, 16, 100, 32, 16, 100]);
  });

  it('gives the pixels of a JPEG, within what it loses', () => {
    const { width, height, pixels } = decodeImage(jpegOf(16, 9));
    expect([width, height]).toEqual([16, 9]);
    const at = (4 * 16 + 8) * 3;
    [128, 64, 100].forEach((value, i) => expect(Math.abs(pixels[at + i]! - value)).toBeLessThan(16));
  });

  it('reads grey of one bit, of sixteen, and interlaced', () => {
    const bits = Buffer.concat([
      signature,
      header(2, 1, [1, 0, 0]),
      chunk('IDAT', deflateSync(Buffer.from([0, 0b01000000]))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    expect([...decodeImage(bits).pixels]).toEqual([0, 0, 0, 255, 255, 255]);
    const deep = Buffer.concat([
      signature,
      header(1, 1, [16, 0, 0]),
      chunk('IDAT', deflateSync(Buffer.from([0, 0x80, 0x00]))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    expect(Math.abs(decodeImage(deep).pixels[0]! - 128)).toBeLessThan(2);
    // Adam7 of 2×1: pass 1 has the first pixel, pass 6 the second.
    const interlaced = Buffer.concat([
      signature,
      header(2, 1, [8, 0, 1]),
      chunk('IDAT', deflateSync(Buffer.from([0, 50, 0, 90]))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
    expect([...decodeImage(interlaced).pixels]).toEqual([50, 50, 50, 90, 90, 90]);
  });

  it('lays transparent parts over white', () => {
    expect([...decodeImage(png(1, 1, 0)).pixels]).toEqual([255, 255, 255]);
    // (0, 0, 100) at 51/255: a fifth of it and four fifths of white.
    expect([...decodeImage(png(1, 1, 51)).pixels]).toEqual([204, 204, 224]);
  });
});

describe('a hostile image is refused', () => {
  const refused: [name: string, bytes: Uint8Array, because: string | RegExp][] = [
    ['an empty file', new Uint8Array(), 'neither a PNG nor a JPEG'],
    ['a GIF', Buffer.from('GIF89a............................'), 'neither a PNG nor a JPEG'],
    ['a PNG of a few bytes', png(3, 2).subarray(0, 20), 'header is cut short'],
    ['a PNG cut in its pixels', png(64, 64).subarray(0, 90), 'cannot be decoded'],
    ['a PNG with a flipped bit', flipped(png(8, 8), 50), 'cannot be decoded'],
    [
      'a PNG of 100,000×100,000 pixels',
      Buffer.concat([signature, header(100_000, 100_000)]),
      'more than 64 megapixels',
    ],
    ['a PNG without a size', Buffer.concat([signature, header(0, 5)]), 'no size'],
    ['a PNG that promises 8,000×8,000', lyingPng(8000, 8000), 'bytes cannot hold'],
    ['a PNG that promises more rows than there are', lyingPng(3, 400), 'cannot be decoded'],
    ['a PNG with a second header', secondHeader(), 'two PNG headers'],
    ['an interlaced PNG that inflates to 64 MB', interlacedBomb(), 'cannot be decoded'],
    ['a JPEG of a few bytes', jpegOf(16, 16).subarray(0, 30), 'header is cut short'],
    ['a JPEG cut in its pixels', jpegOf(64, 64).subarray(0, -40), 'its JPEG end is missing'],
    ['a JPEG of 65,000×65,000', lyingJpeg(65_000, 65_000), 'more than 64 megapixels'],
    ['a JPEG that promises 8,000×8,000', lyingJpeg(8000, 8000), 'bytes cannot hold'],
    ['a JPEG with a thousand passes', manyPasses(), 'coded in 1001 passes'],
  ];
  it.each(refused)('%s', (_name, bytes, because) => {
    const begun = performance.now();
    expect(() => decodeImage(bytes)).toThrow(ImageError);
    expect(() => decodeImage(bytes)).toThrow(because);
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  it('or decoded, whatever byte is changed: nothing else is thrown, and nothing takes long', () => {
    const begun = performance.now();
    for (const original of [png(8, 8), jpegOf(16, 16)]) {
      for (let at = 0; at < original.length; at += 3) {
        for (const mask of [0x01, 0x80, 0xff]) {
          try {
            decodeImage(flipped(original, at, mask));
          } catch (error) {
            expect(error).toBeInstanceOf(ImageError);
          }
        }
      }
    }
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});

function flipped(bytes: Uint8Array, at: number, mask = 1): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at]! ^= mask;
  return copy;
}

/** The pixels are those of 3×2. */
function lyingPng(width: number, height: number): Buffer {
  const data = deflateSync(Buffer.alloc(2 * 4));
  return Buffer.concat([signature, header(width, height), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function secondHeader(): Buffer {
  const data = deflateSync(Buffer.alloc(2 * 4));
  const chunks = [header(3, 2), header(30_000, 30_000), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

function interlacedBomb(): Buffer {
  const data = deflateSync(Buffer.alloc(64_000_000));
  return Buffer.concat([signature, header(8, 8, [8, 0, 1]), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function manyPasses(): Buffer {
  const bytes = jpegOf(16, 16);
  const start = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const pass = bytes.subarray(start, start + 2 + bytes.readUInt16BE(start + 2));
  const padding = Buffer.alloc(60_000);
  const large = Buffer.from(bytes.subarray(0, start));
  const frame = large.indexOf(Buffer.from([0xff, 0xc0]));
  large.writeUInt16BE(2000, frame + 5);
  large.writeUInt16BE(2000, frame + 7);
  const scans = Array.from({ length: 1000 }, () => pass);
  return Buffer.concat([large, ...scans, padding, bytes.subarray(start)]);
}
