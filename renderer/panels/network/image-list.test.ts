import { describe, expect, it } from 'vitest';
import { nextImages, readImages, writeImages } from './image-list.ts';

describe('a list of images', () => {
  it('is read from numbers and ranges, each image once, in order', () => {
    expect(readImages('5, 0–3,2 9-8', 10)).toEqual([0, 1, 2, 3, 5, 8, 9]);
    expect(readImages(' 7 ', 10)).toEqual([7]);
  });

  it('is written as short as can be, and read again', () => {
    expect(writeImages([0, 1, 2, 3, 5, 8, 9])).toBe('0–3, 5, 8–9');
    expect(readImages(writeImages([4, 6, 7]), 10)).toEqual([4, 6, 7]);
  });

  it('says what is wrong with it', () => {
    expect(readImages(' , ', 10)).toBe('empty');
    expect(readImages('3, x', 10)).toBe('not-numbers');
    expect(readImages('-3', 10)).toBe('not-numbers');
    expect(readImages('3–10', 10)).toBe('beyond');
    expect(readImages('0–64', 10_000)).toBe('too-many');
    expect(readImages('0–40, 100–140', 10_000)).toBe('too-many');
    expect(readImages('0–63', 10_000)).toHaveLength(64);
  });

  it('goes on after the last image with the first', () => {
    expect(nextImages(8, 4, 10)).toEqual([0, 1, 8, 9]);
    expect(nextImages(-3, 2, 10)).toEqual([7, 8]);
    expect(nextImages(0, 8, 3)).toEqual([0, 1, 2]);
  });
});
