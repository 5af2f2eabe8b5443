import { describe, expect, it } from 'vitest';
import cifar10 from '../../../shared/dataset/cifar10.json' with { type: 'json' };
import { className, hasWords } from './class-names.ts';

describe('the name of a class', () => {
  it('is the digit itself', () => {
    expect([className('mnist', 7), className('mnist-16', 0)]).toEqual(['7', '0']);
    expect(hasWords('mnist')).toBe(false);
  });

  it('is a word for the photographs of CIFAR-10, in the order of its labels', () => {
    expect(cifar10.classes.map((_, index) => className('cifar10', index))).toEqual(cifar10.classes);
    expect(hasWords('cifar10')).toBe(true);
  });
});
