import { describe, expect, it } from 'vitest';
import { recordsFromSheet } from './cifar-records.mjs';

describe('records of CIFAR-10', () => {
  // Two images: pixel p of the first is (p, p + 1, p + 2) modulo 256, the second is all (9, 8, 7).
  const sheet = Uint8Array.from({ length: 2 * 1024 * 4 }, (_, at) => {
    const [channel, pixel] = [at % 4, Math.floor(at / 4)];
    if (channel === 3) return 255;
    return pixel < 1024 ? (pixel + channel) % 256 : 9 - channel;
  });

  it('are a label and three planes each', () => {
    const records = recordsFromSheet(sheet, [3, 5]);
    expect(records.length).toBe(2 * 3073);
    expect([records[0], records[1], records[2], records[1 + 1023]]).toEqual([3, 0, 1, 1023 % 256]);
    expect([records[1 + 1024], records[1 + 2048]]).toEqual([1, 2]);
    const second = records.subarray(3073);
    expect([second[0], second[1], second[1025], second[2049], second[3072]]).toEqual([5, 9, 8, 7, 7]);
  });

  it('are refused when labels are missing', () => {
    expect(() => recordsFromSheet(sheet, [3])).toThrow('A sheet of 2 images came with 1 labels.');
  });
});
