import { describe, expect, it } from 'vitest';
import { imageScale } from '../../colours/colour-scale.ts';
import { type Arithmetic, channelSumOfFirst, rowSums, sumOfFirst, termCount, termPlace } from './arithmetic.ts';
import { chainShrink, chainText, charactersOf, decimalsOf, writerFor } from './digits.ts';

/** Two channels of a window of one row of three and one of two rows: products 1, 2, 4 … 2¹¹, so that each sum says what is in it. */
const products = Array.from({ length: 12 }, (_, i) => 2 ** i);
const arithmetic: Arithmetic = {
  height: 2,
  width: 3,
  channels: [products.slice(0, 6), products.slice(6)].map((own) => ({
    name: '',
    tint: 'none',
    values: own,
    weights: own.map(() => 1),
    products: own,
    outside: own.map(() => false),
    sum: own.reduce((sum, product) => sum + product, 0),
  })),
  sum: 2 ** 12 - 1,
  bias: 0,
  biased: 2 ** 12 - 1,
  activated: 2 ** 12 - 1,
  scales: { values: imageScale, weights: imageScale, products: imageScale },
};

describe('a sum on its way', () => {
  it('counts the products of one channel after those of the other', () => {
    expect(termCount(arithmetic)).toBe(12);
    expect(termPlace(arithmetic, 7)).toEqual({ channel: 1, cell: 1 });
    expect(sumOfFirst(arithmetic, 0)).toBe(0);
    expect(sumOfFirst(arithmetic, 8)).toBe(2 ** 8 - 1);
    expect(sumOfFirst(arithmetic, 99)).toBe(2 ** 12 - 1);
  });

  it('gives each channel what of it is counted', () => {
    expect([0, 1].map((channel) => channelSumOfFirst(arithmetic, channel, 8))).toEqual([2 ** 6 - 1, 2 ** 6 + 2 ** 7]);
    expect(channelSumOfFirst(arithmetic, 1, 4)).toBe(0);
  });

  it('is also the sum of its rows', () => {
    expect(rowSums(arithmetic, arithmetic.channels[0]!)).toEqual([1 + 2 + 4, 8 + 16 + 32]);
  });
});

describe('digits', () => {
  it('leave room for the longest number of a scale', () => {
    expect(charactersOf({ min: 0, max: 1 })).toBe(1);
    expect(charactersOf({ min: -2, max: 2 })).toBe(2);
    expect(charactersOf({ min: -0.5, max: 120 })).toBe(4);
  });

  it('are as many as it takes, and no more than wanted', () => {
    expect(decimalsOf([1, -2, 0], 3)).toBe(0);
    expect(decimalsOf([0.5, 0.25], 3)).toBe(2);
    expect(decimalsOf([1 / 9], 3)).toBe(3);
  });

  it('keep numbers of any size to about as many characters', () => {
    expect([0, 0.5, -99.9994, 123.456, 4567.89, 123456.7, 0.00001].map(chainText)).toEqual([
      '0.000',
      '0.500',
      '−99.999',
      '123.46',
      '4,567.9',
      '123,457',
      '1.0e−5',
    ]);
    expect(chainShrink([0.5, 1])).toBe(1);
    expect(chainShrink([0.5, -123_456])).toBeLessThan(0.8);
  });

  it('show small numbers where all of them are small, and zero beside large ones', () => {
    expect(writerFor({ min: 0, max: 1 }, 3)(0.00002)).toBe('0.000');
    expect(writerFor({ min: 0, max: 0.0001 }, 3)(0.00002)).toBe('2e−5');
  });
});
