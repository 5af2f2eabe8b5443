import { describe, expect, it } from 'vitest';
import { readCifarRecords } from './cifar-records.ts';

/** A record whose pixel p has red p, green 100 and blue 255 − p, modulo 256. */
function record(label: number): number[] {
  const plane = (valueAt: (pixel: number) => number): number[] => Array.from({ length: 1024 }, (_, p) => valueAt(p));
  return [label, ...plane((p) => p & 255), ...plane(() => 100), ...plane((p) => 255 - (p & 255))];
}

describe('a file of CIFAR-10 records', () => {
  it('is read with its labels, the three colours of a pixel side by side', () => {
    const images = readCifarRecords([Uint8Array.from([...record(3), ...record(9)]), Uint8Array.from(record(0))]);
    expect(images.count).toBe(3);
    expect(images.shape).toEqual([32, 32, 3]);
    expect([...images.labels]).toEqual([3, 9, 0]);
    expect([...images.pixels.subarray(0, 6)]).toEqual([0, 100, 255, 1, 100, 254]);
    // Row 1, column 2 of the second image is pixel 34.
    const at = (1 * 1024 + 34) * 3;
    expect([...images.pixels.subarray(at, at + 3)]).toEqual([34, 100, 221]);
  });

  it('is refused when a record is cut short', () => {
    expect(() => readCifarRecords([Uint8Array.from(record(1).slice(0, -1))])).toThrow(
      '3072 bytes are not whole records of 3073',
    );
  });

  it('is refused when a label is none of the ten', () => {
    expect(() => readCifarRecords([Uint8Array.from(record(10))])).toThrow('Record 0 has the label 10');
  });
});
