import { expect, it } from 'vitest';
import { decimal, decimalOrSmall, significant, timeLeft } from './format.ts';

it('writes numbers with a minus sign, and none where they are rounded to zero', () => {
  expect([-1.5, -0.0004, 0.0004, 0].map((value) => decimal(value, 3))).toEqual(['−1.500', '0.000', '0.000', '0.000']);
});

it('keeps the first figures of what would be rounded to zero, but for what is left of numbers that cancel out', () => {
  expect([0.5, 0.0005, 0.00012, -0.00003, 1e-12, 0].map((value) => decimalOrSmall(value, 3))).toEqual([
    '0.500',
    '0.001',
    '1e−4',
    '−3e−5',
    '0.000',
    '0.000',
  ]);
  expect(decimalOrSmall(0.000123, 3, 2)).toBe('1.2e−4');
});

it('writes significant figures of numbers of any size', () => {
  expect([0, 1234.5, -0.0123456, 1e-5, -1.234e9].map((value) => significant(value))).toEqual([
    '0',
    '1230',
    '−0.0123',
    '1e−5',
    '−1.23e9',
  ]);
});

it('says what is left in seconds, then minutes, then hours', () => {
  expect([0.2, 59.1, 61, 5999, 6000, 86_400].map(timeLeft)).toEqual([
    '1 s',
    '1 min 0 s',
    '1 min 1 s',
    '99 min 59 s',
    '1 h 40 min',
    '24 h 0 min',
  ]);
});
